# The service as an image: docker build -t ditask .            (CPU)
#                          docker build -t ditask:gpu --target gpu .
# It serves the bundled model; mount another folder over /model to serve that.

ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG CPU_IMAGE=debian:12-slim
ARG GPU_IMAGE=nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04

FROM ${SDK_IMAGE} AS sources
WORKDIR /source
# npm carries the ONNX Runtime library that the build copies beside the program.
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DITASK_CACHE=/cache
COPY . .

FROM sources AS build-cpu
RUN dotnet publish src/DiTask.Api/DiTask.Api.csproj -c Release --use-current-runtime --self-contained -o /app

# The CUDA provider comes with the ONNX Runtime package itself, which compat/ stands in for elsewhere.
FROM sources AS build-gpu
RUN dotnet publish src/DiTask.Api/DiTask.Api.csproj -c Release --use-current-runtime --self-contained -p:UpstreamPackages=true -o /app

FROM ${GPU_IMAGE} AS gpu
RUN apt-get update && apt-get install -y --no-install-recommends libssl3t64 && rm -rf /var/lib/apt/lists/*
COPY --from=build-gpu /app /app
COPY models/ditask-micro /model
ENV ORT_DISABLE_TELEMETRY=1 Models__Path=/model ASPNETCORE_URLS=http://+:8080
WORKDIR /app
RUN useradd --system --uid 10001 ditask
USER 10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /livez HTTP/1.0\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["/app/DiTask.Api", "--Models:Provider", "cuda"]

# Last, so that a build without --target makes this one.
FROM ${CPU_IMAGE} AS cpu
RUN apt-get update \
    && apt-get install -y --no-install-recommends libturbojpeg0 libspng0 libwebp7 libstdc++6 libssl3 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build-cpu /app /app
COPY models/ditask-micro /model
ENV ORT_DISABLE_TELEMETRY=1 Models__Path=/model ASPNETCORE_URLS=http://+:8080
WORKDIR /app
RUN useradd --system --uid 10001 ditask
USER 10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /livez HTTP/1.0\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["/app/DiTask.Api"]
