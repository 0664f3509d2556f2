using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Aios.Cli.Foxglove;

/// <summary>Understands what clients send. What makes no sense is a <see cref="FormatException"/> or one of JSON's.</summary>
internal static class FoxgloveRequests
{
    private const int MessageHead = 5;
    private const int CallHead = 13;

    /// <summary>The request in a text frame.</summary>
    public static Action<IFoxgloveSource> OfText(FoxgloveSession session, ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        var root = JsonElement.ParseValue(ref reader);
        return root.GetProperty("op").GetString() switch
        {
            "subscribe" => Subscribe(session, root),
            "unsubscribe" => ForEach(Numbers(root, "subscriptionIds"), (source, id) => source.Unsubscribe(session, id)),
            "advertise" => Advertise(session, root),
            "unadvertise" => ForEach(Numbers(root, "channelIds"), (source, id) => source.Unadvertise(session, id)),
            "getParameters" => Get(session, root),
            "setParameters" => Set(session, root),
            "subscribeParameterUpdates" => Watch(session, root, true),
            "unsubscribeParameterUpdates" => Watch(session, root, false),
            "subscribeConnectionGraph" => source => source.WatchGraph(session, true),
            "unsubscribeConnectionGraph" => source => source.WatchGraph(session, false),
            "fetchAsset" => Asset(session, root),
            var op => throw new FormatException($"there is no operation '{op}'"),
        };
    }

    /// <summary>The request in a binary frame.</summary>
    public static Action<IFoxgloveSource> OfBytes(FoxgloveSession session, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= MessageHead && bytes[0] == FoxgloveFrames.ClientMessage)
        {
            var channel = BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]);
            var cdr = bytes[MessageHead..].ToArray();
            return source => source.Publish(session, channel, cdr);
        }

        if (bytes.Length >= CallHead && bytes[0] == FoxgloveFrames.ClientServiceCall)
        {
            return Call(session, bytes);
        }

        throw new FormatException("a binary message of an unknown kind, or one cut short");
    }

    private static Action<IFoxgloveSource> Call(FoxgloveSession session, ReadOnlySpan<byte> bytes)
    {
        var service = BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]);
        var call = BinaryPrimitives.ReadUInt32LittleEndian(bytes[5..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[9..]);
        if (length > bytes.Length - CallHead)
        {
            throw new FormatException("a service call that was cut short");
        }

        var encoding = Encoding.UTF8.GetString(bytes.Slice(CallHead, (int)length));
        if (encoding != FoxgloveFrames.Encoding)
        {
            session.Send(FoxgloveFrames.ServiceFailure(service, call, $"expected the encoding cdr, found '{encoding}'"));
            return static _ => { };
        }

        var cdr = bytes[(CallHead + (int)length)..].ToArray();
        return source => source.Call(session, service, call, cdr);
    }

    private static Action<IFoxgloveSource> Subscribe(FoxgloveSession session, JsonElement root)
    {
        List<(uint Id, uint Channel)> wanted =
            [.. root.GetProperty("subscriptions").EnumerateArray().Select(one => (Number(one, "id"), Number(one, "channelId")))];
        return ForEach(wanted, (source, one) => source.Subscribe(session, one.Id, one.Channel));
    }

    private static Action<IFoxgloveSource> Advertise(FoxgloveSession session, JsonElement root)
    {
        List<(uint Id, string Topic, string Type, string Encoding)> channels =
        [
            .. root.GetProperty("channels").EnumerateArray().Select(
                one => (Number(one, "id"), Text(one, "topic"), Text(one, "schemaName"), Text(one, "encoding"))),
        ];
        return ForEach(channels, (source, one) => source.Advertise(session, one.Id, one.Topic, one.Type, one.Encoding));
    }

    private static Action<IFoxgloveSource> Get(FoxgloveSession session, JsonElement root)
    {
        var names = Texts(root, "parameterNames");
        var id = Id(root);
        return source => source.GetParameters(session, names, id);
    }

    private static Action<IFoxgloveSource> Set(FoxgloveSession session, JsonElement root)
    {
        List<(string Name, JsonElement Value, string? Type)> parameters =
        [
            .. root.GetProperty("parameters").EnumerateArray().Select(one => (
                Text(one, "name"),
                one.TryGetProperty("value", out var value) ? value : default,
                one.TryGetProperty("type", out var type) ? type.GetString() : null)),
        ];
        var id = Id(root);
        return source => source.SetParameters(session, parameters, id);
    }

    private static Action<IFoxgloveSource> Watch(FoxgloveSession session, JsonElement root, bool watch)
    {
        var names = Texts(root, "parameterNames");
        return source => source.WatchParameters(session, names, watch);
    }

    private static Action<IFoxgloveSource> Asset(FoxgloveSession session, JsonElement root)
    {
        var request = Number(root, "requestId");
        session.Send(FoxgloveFrames.NoAsset(request, $"there is no asset {Text(root, "uri")}: the models are made of plain shapes"));
        return static _ => { };
    }

    private static Action<IFoxgloveSource> ForEach<T>(IReadOnlyList<T> items, Action<IFoxgloveSource, T> action) => source =>
    {
        foreach (var item in items)
        {
            action(source, item);
        }
    };

    private static uint Number(JsonElement element, string name) => element.GetProperty(name).GetUInt32();

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");

    private static string? Id(JsonElement root) => root.TryGetProperty("id", out var id) ? id.GetString() : null;

    private static List<uint> Numbers(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(one => one.GetUInt32())];

    private static List<string> Texts(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(one => one.GetString() ?? throw new FormatException($"'{name}' holds null"))];
}
