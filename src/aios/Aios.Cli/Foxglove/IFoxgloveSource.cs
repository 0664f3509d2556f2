using System.Text.Json;

namespace Aios.Cli.Foxglove;

/// <summary>What a <see cref="FoxgloveServer"/> shows, and who does what its clients ask for.</summary>
/// <remarks>All members are called by <see cref="FoxgloveServer.Process"/>, on its caller's thread.</remarks>
internal interface IFoxgloveSource
{
    /// <summary>A client came: it is to be told what there is.</summary>
    void Open(FoxgloveSession session);

    /// <summary>It is gone, and all that it asked for with it.</summary>
    void Close(FoxgloveSession session);

    void Subscribe(FoxgloveSession session, uint subscription, uint channel);

    void Unsubscribe(FoxgloveSession session, uint subscription);

    /// <summary>A client is going to publish.</summary>
    /// <param name="session">The client.</param>
    /// <param name="channel">Its number of the topic.</param>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="type">ROS type, full or short name.</param>
    /// <param name="encoding">Only <c>cdr</c> is understood.</param>
    void Advertise(FoxgloveSession session, uint channel, string topic, string type, string encoding);

    void Unadvertise(FoxgloveSession session, uint channel);

    void Publish(FoxgloveSession session, uint channel, byte[] cdr);

    /// <summary>Tells parameters.</summary>
    /// <param name="session">The client.</param>
    /// <param name="names">As <c>/node.parameter</c>; none: all.</param>
    /// <param name="id">Goes back with the answer; null: none.</param>
    void GetParameters(FoxgloveSession session, IReadOnlyList<string> names, string? id);

    /// <summary>Sets parameters, and tells what became of them if there is an id.</summary>
    void SetParameters(FoxgloveSession session, IReadOnlyList<(string Name, JsonElement Value, string? Type)> parameters, string? id);

    void WatchParameters(FoxgloveSession session, IReadOnlyList<string> names, bool watch);

    void WatchGraph(FoxgloveSession session, bool watch);

    void Call(FoxgloveSession session, uint service, uint call, byte[] cdr);
}
