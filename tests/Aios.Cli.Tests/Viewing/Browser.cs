using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Aios.Cli.Tests.Viewing;

/// <summary>A page in Chromium without a window, spoken to by the DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
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
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _calls;

    private Browser(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page threw and did not catch.</summary>
    public List<string> Exceptions { get; } = [];

    /// <summary>Opens a page; the test is skipped where there is no Chromium.</summary>
    public static async Task<Browser> OpenOrSkipAsync(string url, CancellationToken cancel)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        if (program is null)
        {
            Assert.Skip("no Chromium on this machine: apt-get install chromium");
        }

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
        var browser = new Browser(process, profile);
        await browser.ConnectAsync(cancel);
        await browser.CallAsync("Runtime.enable", "{}", cancel);
        await browser.CallAsync("Page.navigate", $$"""{"url":"{{url}}"}""", cancel);
        return browser;
    }

    /// <summary>Value of an expression in the page, as text.</summary>
    public async Task<string> EvaluateAsync(string expression, CancellationToken cancel)
    {
        var result = await CallAsync("Runtime.evaluate", $$"""{"expression":{{JsonSerializer.Serialize(expression)}},"returnByValue":true}""", cancel);
        return result.TryGetProperty("result", out var inner) && inner.TryGetProperty("value", out var value) ? value.ToString() : "";
    }

    /// <summary>Returns when an expression is true.</summary>
    public async Task WaitForAsync(string expression, CancellationToken cancel)
    {
        while (await EvaluateAsync($"!!({expression})", cancel) != "True")
        {
            await Task.Delay(100, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
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
            Assert.False(_process.HasExited, "Chromium ended at its start");
            await Task.Delay(50, cancel);
        }

        using var http = new HttpClient();
        while (true)
        {
            using var list = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{File.ReadAllLines(file)[0]}/json"), cancel));
            var page = list.RootElement.EnumerateArray().FirstOrDefault(target => target.GetProperty("type").GetString() == "page");
            if (page.ValueKind == JsonValueKind.Object)
            {
                await _socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), cancel);
                return;
            }

            await Task.Delay(50, cancel);
        }
    }

    private async Task<JsonElement> CallAsync(string method, string parameters, CancellationToken cancel)
    {
        var id = ++_calls;
        var text = string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancel);
        while (true)
        {
            var message = await ReceiveAsync(cancel);
            if (message.TryGetProperty("method", out var name) && name.GetString() == "Runtime.exceptionThrown")
            {
                Exceptions.Add(message.GetProperty("params").ToString());
            }
            else if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
            {
                return message.TryGetProperty("result", out var result) ? result : default;
            }
        }
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancel)
    {
        var length = 0;
        ValueWebSocketReceiveResult got;
        do
        {
            got = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancel);
            length += got.Count;
        }
        while (!got.EndOfMessage);
        using var document = JsonDocument.Parse(_buffer.AsMemory(0, length));
        return document.RootElement.Clone();
    }
}
