using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace DiTask.Client;

/// <summary>Talks to a DiTask service. One instance serves many callers at once.</summary>
/// <remarks>
/// A request is repeated only where the service calls its error retryable and every photo can be sent again. Errors of the connection are
/// <see cref="HttpRequestException"/> and are not repeated.
/// </remarks>
public sealed class DiTaskClient : IDisposable
{
    // Longer than the longest that the service lets a request take, so that it is the service that says why.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(150);

    private readonly HttpClient http;
    private readonly Uri address;
    private readonly DiTaskClientOptions options;
    private readonly bool ownsHttp;

    /// <summary>A client with connections of its own.</summary>
    /// <param name="address">Where the service is, such as <c>http://localhost:8080</c>.</param>
    /// <param name="options">The service's key, and how requests are repeated.</param>
    public DiTaskClient(Uri address, DiTaskClientOptions? options = null)
        : this(new HttpClient { BaseAddress = address ?? throw new ArgumentNullException(nameof(address)), Timeout = LongestRequest }, options) =>
        ownsHttp = true;

    /// <summary>A client over connections of the caller, who sets their address, keys and time limit, and disposes of them.</summary>
    /// <param name="http">With a BaseAddress.</param>
    /// <param name="options">The service's key, and how requests are repeated.</param>
    /// <exception cref="ArgumentException">No BaseAddress.</exception>
    public DiTaskClient(HttpClient http, DiTaskClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        Uri given = http.BaseAddress ?? throw new ArgumentException("Expected an HttpClient with a BaseAddress; found none.", nameof(http));
        // Without the slash the last segment of the address would be replaced and not extended.
        address = given.AbsoluteUri.EndsWith('/') ? given : new Uri(given.AbsoluteUri + "/");
        this.http = http;
        this.options = options ?? new DiTaskClientOptions();
    }

    /// <summary>Predicts the maps of photos.</summary>
    /// <param name="images">One or more.</param>
    /// <param name="tasks">Names of tasks; null for all.</param>
    /// <param name="options">What is returned; null for the service's defaults.</param>
    /// <param name="cancellation">Gives up, which the service notices.</param>
    /// <exception cref="DiTaskException">The service refused or failed. Single images that failed are in the answer.</exception>
    public async Task<Prediction> PredictAsync(
        IEnumerable<ImageSource> images, IEnumerable<string>? tasks = null, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ImageSource[] sources = [.. images];
        (string Name, string Value)[] fields = Fields(tasks, options);
        using HttpResponseMessage response = await SendAsync(Request, sources.All(image => image.CanRewind), cancellation).ConfigureAwait(false);
        return await ReadAsync(response, ClientJson.Default.Prediction, cancellation).ConfigureAwait(false);

        HttpRequestMessage Request()
        {
            MultipartFormDataContent form = [];
            foreach (ImageSource image in sources)
            {
                form.Add(new ImageContent(image), "image", image.Name);
            }

            foreach ((string name, string value) in fields)
            {
                form.Add(new StringContent(value), name);
            }

            return Predict("predict", form, "application/json", options);
        }
    }

    /// <summary>Predicts one map of one photo, which is sent and answered without any encoding around it: the cheapest way.</summary>
    /// <param name="image">The photo.</param>
    /// <param name="task">Name of the task.</param>
    /// <param name="options">Size and bits; overlay, scores and other forms than PNG are refused by the service.</param>
    /// <param name="cancellation">Gives up, which the service notices.</param>
    /// <exception cref="DiTaskException">The service refused or failed.</exception>
    public async Task<TaskMap> PredictPngAsync(
        ImageSource image, string task, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentException.ThrowIfNullOrEmpty(task);
        string query = string.Join('&', Fields([task], options).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
        using HttpResponseMessage response = await SendAsync(
            () => Predict("predict?" + query, new ImageContent(image), "image/png", options), image.CanRewind, cancellation).ConfigureAwait(false);
        return AnswerReader.ReadPng(response, await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Tasks of the served model.</summary>
    /// <exception cref="DiTaskException">No model is ready.</exception>
    public async Task<IReadOnlyList<TaskDescription>> GetTasksAsync(CancellationToken cancellation = default) =>
        (await GetAsync("tasks", ClientJson.Default.TaskList, cancellation).ConfigureAwait(false)).Tasks;

    /// <summary>Served models; empty while they are being loaded.</summary>
    /// <exception cref="DiTaskException">The service failed.</exception>
    public async Task<IReadOnlyList<ModelDescription>> GetModelsAsync(CancellationToken cancellation = default) =>
        (await GetAsync("models", ClientJson.Default.ModelList, cancellation).ConfigureAwait(false)).Models;

    /// <summary>Whether requests are answered: false while loading, warming and draining, and when nobody is there.</summary>
    public Task<bool> IsReadyAsync(CancellationToken cancellation = default) => ProbeAsync("readyz", cancellation);

    /// <summary>Whether the service runs: false when its model could not be loaded, and when nobody is there.</summary>
    public Task<bool> IsLiveAsync(CancellationToken cancellation = default) => ProbeAsync("livez", cancellation);

    /// <summary>Closes the connections that the client opened itself.</summary>
    public void Dispose()
    {
        if (ownsHttp)
        {
            http.Dispose();
        }
    }

    private static (string Name, string Value)[] Fields(IEnumerable<string>? tasks, PredictOptions? options) =>
        [.. tasks is null ? [] : new[] { ("tasks", string.Join(',', tasks)) }, .. options?.Fields() ?? []];

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        await response.Content.ReadFromJsonAsync(type, cancellation).ConfigureAwait(false)
        ?? throw new InvalidDataException($"Expected JSON of {typeof(T).Name}; found null.");

    private HttpRequestMessage Predict(string path, HttpContent content, string accept, PredictOptions? options)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, path)) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (options?.Timeout is { } timeout)
        {
            request.Headers.Add("X-Request-Timeout", timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        }

        return request;
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, new Uri(address, path)), canRepeat: true, cancellation).ConfigureAwait(false);
        return await ReadAsync(response, type, cancellation).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, bool canRepeat, CancellationToken cancellation)
    {
        for (int retries = 0; ; retries++)
        {
            using HttpRequestMessage request = create();
            if (options.ApiKey is { } key)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }

            HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            DiTaskException error;
            using (response)
            {
                error = await AnswerReader.ReadErrorAsync(response, options.TimeProvider, cancellation).ConfigureAwait(false);
            }

            TimeSpan pause = (canRepeat ? RetryPolicy.PauseAfter(error, retries, options, Random.Shared.NextDouble()) : null) ?? throw error;
            await Task.Delay(pause, options.TimeProvider, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> ProbeAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(address, path), cancellation).ConfigureAwait(false);
            return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.ServiceUnavailable
                ? response.IsSuccessStatusCode
                : throw await AnswerReader.ReadErrorAsync(response, options.TimeProvider, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
