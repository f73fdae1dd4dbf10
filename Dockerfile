# docker build -t ditask .                          the service on a CPU
# docker build -t ditask:gpu --target gpu .         on an NVIDIA GPU
# docker build -t ditask:fold --target fold .       the tool that makes a model of a checkpoint
#
# The service serves the bundled model; mount another folder over /model to serve that. Bases are pinned by tag; for a build that
# repeats itself to the byte, give them with their digests: --build-arg CPU_IMAGE=debian@sha256:...

ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG CPU_IMAGE=debian:12.8-slim
# ONNX Runtime's CUDA provider is built for CUDA 13 and cuDNN 9.
ARG GPU_IMAGE=nvidia/cuda:13.0.1-cudnn-runtime-ubuntu24.04

FROM ${SDK_IMAGE} AS sources
WORKDIR /source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 ORT_DISABLE_TELEMETRY=1
COPY . .

FROM sources AS build-cpu
RUN docker/layout.sh cpu /image

FROM sources AS build-gpu
RUN docker/layout.sh gpu /image

FROM sources AS build-fold
RUN docker/layout.sh fold /image

FROM ${CPU_IMAGE} AS fold
RUN apt-get update \
    && apt-get install -y --no-install-recommends libstdc++6 libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 ditask
COPY --from=build-fold /image /ditask
ENV ORT_DISABLE_TELEMETRY=1 DOTNET_EnableDiagnostics=0
USER 10001
ENTRYPOINT ["/ditask/docker/fold.sh"]

FROM ${GPU_IMAGE} AS gpu
RUN apt-get update && apt-get install -y --no-install-recommends libssl3t64 && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 ditask
COPY --from=build-gpu /image /
ENV ORT_DISABLE_TELEMETRY=1 ASPNETCORE_TEMP=/tmp ASPNETCORE_URLS=http://+:8080 \
    Models__Path=/model Models__Provider=cuda Web__Samples=/samples
WORKDIR /app
USER 10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s CMD ["/app/DiTask.Api", "health"]
ENTRYPOINT ["/app/DiTask.Api"]

# Last, so that a build without --target makes this one.
FROM ${CPU_IMAGE} AS cpu
RUN apt-get update \
    && apt-get install -y --no-install-recommends libstdc++6 libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 ditask
COPY --from=build-cpu /image /
ENV ORT_DISABLE_TELEMETRY=1 ASPNETCORE_TEMP=/tmp ASPNETCORE_URLS=http://+:8080 \
    Models__Path=/model Models__Provider=cpu Web__Samples=/samples
WORKDIR /app
USER 10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["/app/DiTask.Api", "health"]
ENTRYPOINT ["/app/DiTask.Api"]
