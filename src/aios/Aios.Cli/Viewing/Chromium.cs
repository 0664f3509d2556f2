using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Aios.Cli.Viewing;

/// <summary>A page in Chromium without a window and drawn in software, spoken to by the DevTools protocol.</summary>
/// <remarks>One call at a time. Disposing ends the browser and all its processes.</remarks>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--disable-dev-shm-usage",
        "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1000,700",
        "--remote-debugging-port=0",
    ];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[1 << 20];
    private int _calls;
    private int _presented;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page threw and did not catch.</summary>
    public List<string> Exceptions { get; } = [];

    /// <summary>Where the program is; null where there is none.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Opens a page.</summary>
    /// <param name="program">What <see cref="Find"/> found.</param>
    /// <param name="url">The page.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="AiosException">The browser ended at its start.</exception>
    public static async Task<Chromium> OpenAsync(string program, string url, CancellationToken cancel)
    {
        var profile = Directory.CreateTempSubdirectory("aios-browser").FullName;
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[.. Arguments, $"--user-data-dir={profile}", "about:blank"])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var browser = new Chromium(process, profile);
        try
        {
            await browser.ConnectAsync(cancel).ConfigureAwait(false);
            await browser.CallAsync("Runtime.enable", "{}", cancel).ConfigureAwait(false);
            await browser.CallAsync("Page.navigate", $$"""{"url":"{{url}}"}""", cancel).ConfigureAwait(false);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Counters of the page's main thread, such as <c>TaskDuration</c>: s of processor time, since the first call of this.</summary>
    public async Task<IReadOnlyDictionary<string, double>> MetricsAsync(CancellationToken cancel)
    {
        await CallAsync("Performance.enable", """{"timeDomain":"threadTicks"}""", cancel).ConfigureAwait(false);
        var result = await CallAsync("Performance.getMetrics", "{}", cancel).ConfigureAwait(false);
        return result.GetProperty("metrics").EnumerateArray().ToDictionary(
            metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble(), StringComparer.Ordinal);
    }

    /// <summary>Processor time of the process that draws, which is apart from the page's, s; NaN where the system does not tell.</summary>
    public double DrawingSeconds()
    {
        foreach (var folder in Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
        {
            try
            {
                if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                    && File.ReadAllText(Path.Combine(folder, "cmdline")) is var line
                    && line.Contains("--type=gpu-process", StringComparison.Ordinal) && line.Contains(_profile, StringComparison.Ordinal))
                {
                    using var drawing = Process.GetProcessById(id);
                    return drawing.TotalProcessorTime.TotalSeconds;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
                // Ended meanwhile.
            }
        }

        return double.NaN;
    }

    /// <summary>From now on frames that reach the screen are counted, also those in which only a panel changed.</summary>
    public async Task StartCountingFramesAsync(CancellationToken cancel)
    {
        _presented = 0;
        await CallAsync("Tracing.start", """{"transferMode":"ReportEvents","traceConfig":{"includedCategories":["disabled-by-default-devtools.timeline.frame","devtools.timeline.frame"]}}""", cancel).ConfigureAwait(false);
    }

    /// <summary>Frames that reached the screen since <see cref="StartCountingFramesAsync"/>.</summary>
    public async Task<int> CountFramesAsync(CancellationToken cancel)
    {
        await CallAsync("Tracing.end", "{}", cancel).ConfigureAwait(false);
        while (!Hear(await ReceiveAsync(cancel).ConfigureAwait(false), "Tracing.tracingComplete"))
        {
            // What was traced arrives before.
        }

        return _presented;
    }

    /// <summary>Value of an expression in the page, as text.</summary>
    public async Task<string> EvaluateAsync(string expression, CancellationToken cancel)
    {
        var result = await CallAsync("Runtime.evaluate", $$"""{"expression":{{JsonSerializer.Serialize(expression)}},"returnByValue":true}""", cancel).ConfigureAwait(false);
        return result.TryGetProperty("result", out var inner) && inner.TryGetProperty("value", out var value) ? value.ToString() : "";
    }

    /// <summary>Value of an expression in the page that is a number.</summary>
    public async Task<double> NumberAsync(string expression, CancellationToken cancel) =>
        double.Parse(await EvaluateAsync($"String({expression})", cancel).ConfigureAwait(false), CultureInfo.InvariantCulture);

    /// <summary>Returns when an expression is true.</summary>
    public async Task WaitForAsync(string expression, CancellationToken cancel)
    {
        while (await EvaluateAsync($"!!({expression})", cancel).ConfigureAwait(false) != "True")
        {
            await Task.Delay(100, cancel).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        _process.Dispose();
        for (var attempt = 0; attempt < 20 && Directory.Exists(_profile); attempt++)
        {
            try
            {
                Directory.Delete(_profile, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(100, CancellationToken.None); // a helper of the browser is still writing
            }
        }
    }

    private async Task ConnectAsync(CancellationToken cancel)
    {
        var file = Path.Combine(_profile, "DevToolsActivePort");
        while (!File.Exists(file) || File.ReadAllLines(file).Length < 2)
        {
            if (_process.HasExited)
            {
                throw new AiosException(ExitCode.Failure, "Chromium ended at its start");
            }

            await Task.Delay(50, cancel).ConfigureAwait(false);
        }

        using var http = new HttpClient();
        while (true)
        {
            using var list = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{File.ReadAllLines(file)[0]}/json"), cancel).ConfigureAwait(false));
            var page = list.RootElement.EnumerateArray().FirstOrDefault(target => target.GetProperty("type").GetString() == "page");
            if (page.ValueKind == JsonValueKind.Object)
            {
                await _socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), cancel).ConfigureAwait(false);
                return;
            }

            await Task.Delay(50, cancel).ConfigureAwait(false);
        }
    }

    private async Task<JsonElement> CallAsync(string method, string parameters, CancellationToken cancel)
    {
        var id = ++_calls;
        var text = string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancel).ConfigureAwait(false);
        while (true)
        {
            var message = await ReceiveAsync(cancel).ConfigureAwait(false);
            Hear(message, "");
            if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
            {
                return message.TryGetProperty("result", out var result) ? result : default;
            }
        }
    }

    // Takes what the browser says unasked; whether it was of a kind.
    private bool Hear(JsonElement message, string kind)
    {
        var method = message.TryGetProperty("method", out var name) ? name.GetString() : null;
        if (method == "Runtime.exceptionThrown")
        {
            Exceptions.Add(message.GetProperty("params").ToString());
        }
        else if (method == "Tracing.dataCollected")
        {
            _presented += message.GetProperty("params").GetProperty("value").EnumerateArray().Count(entry => entry.GetProperty("name").ValueEquals("DrawFrame"));
        }

        return method == kind;
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancel)
    {
        var length = 0;
        ValueWebSocketReceiveResult got;
        do
        {
            got = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancel).ConfigureAwait(false);
            length += got.Count;
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * length);
            }
        }
        while (!got.EndOfMessage);
        using var document = JsonDocument.Parse(_buffer.AsMemory(0, length));
        return document.RootElement.Clone();
    }
}
