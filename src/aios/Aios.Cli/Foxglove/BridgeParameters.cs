using System.Text.Json;
using rcl_interfaces.msg;
using ROS2;
using ROS2.Transport;
using Parameter = ROS2.Parameter;
using ParameterType = ROS2.ParameterType;
using ParameterValue = ROS2.ParameterValue;

namespace Aios.Cli.Foxglove;

/// <summary>The parameters of all nodes, by names such as <c>/rover_1/navigator.use_sim_time</c>.</summary>
internal sealed class BridgeParameters
{
    private const string ListService = "/list_parameters";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Node _node;
    private readonly Dictionary<string, ParameterClient> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<FoxgloveSession, HashSet<string>> _watched = [];

    public BridgeParameters(Node node)
    {
        _node = node;
        node.CreateSubscription<ParameterEvent>("/parameter_events", OnEvent, QosProfile.KeepLast(1000));
    }

    /// <summary>Tells a client parameters, those of nodes that answer in time.</summary>
    public void Get(FoxgloveSession session, IReadOnlyList<string> names, string? id)
    {
        var found = new List<Parameter>();
        var reading = names.Count == 0
            ? Nodes().Select(node => ReadAsync(node, null, found))
            : names.Select(Split).GroupBy(name => name.Node, StringComparer.Ordinal)
                .Select(group => ReadAsync(group.Key, [.. group.Select(name => name.Parameter)], found));
        Gather(reading, () => session.Send(ParameterJson.Values(found, id)));
    }

    /// <summary>Sets parameters one by one; what is refused is told as an error.</summary>
    public void Set(FoxgloveSession session, IReadOnlyList<(string Name, JsonElement Value, string? Type)> parameters, string? id) => Gather(
        parameters.Select(parameter => SetAsync(session, parameter.Name, parameter.Value, parameter.Type)),
        () =>
        {
            if (id is not null)
            {
                Get(session, [.. parameters.Select(parameter => parameter.Name)], id);
            }
        });

    /// <summary>Lets a client hear of changes, or no more.</summary>
    public void Watch(FoxgloveSession session, IReadOnlyList<string> names, bool watch)
    {
        var watched = _watched.TryGetValue(session, out var before) ? before : _watched[session] = new HashSet<string>(StringComparer.Ordinal);
        if (watch)
        {
            watched.UnionWith(names);
        }
        else
        {
            watched.ExceptWith(names);
        }
    }

    public void Close(FoxgloveSession session) => _watched.Remove(session);

    private IEnumerable<string> Nodes() => _node.Context.Transport.Graph.GetEndpoints()
        .Where(e => e.Kind == GraphEndpointKind.ServiceServer && e.Name.EndsWith(ListService, StringComparison.Ordinal))
        .Select(e => e.Name[..^ListService.Length])
        .Distinct(StringComparer.Ordinal)
        .ToList();

    // Names of nodes have no dot, those of parameters may.
    private static (string Node, string Parameter) Split(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (name[..dot], name[(dot + 1)..]) : (name, "");

    private async Task ReadAsync(string node, IReadOnlyList<string>? names, List<Parameter> found)
    {
        if (await ClientOfAsync(node).ConfigureAwait(false) is { } client)
        {
            names ??= (await client.ListParametersAsync().ConfigureAwait(false)).Names;
            var values = await client.GetParametersAsync([.. names]).ConfigureAwait(false);
            found.AddRange(values.Select(value => value with { Name = $"{node}.{value.Name}" }));
        }
    }

    private async Task SetAsync(FoxgloveSession session, string name, JsonElement value, string? type)
    {
        var (node, parameter) = Split(name);
        if (await ClientOfAsync(node).ConfigureAwait(false) is not { } client)
        {
            session.SendError($"{name}: there is no node '{node}'");
            return;
        }

        try
        {
            var types = await client.GetParameterTypesAsync(parameter).ConfigureAwait(false);
            var wanted = ParameterJson.Read(value, type, types.Count > 0 ? types[0] : ParameterType.NotSet);
            var results = await client.SetParametersAsync(new Parameter(parameter, wanted)).ConfigureAwait(false);
            if (results.FirstOrDefault(result => !result.Successful) is { } refused)
            {
                session.SendError($"{name}: {refused.Reason}");
            }
        }
        catch (FormatException exception)
        {
            session.SendError($"{name}: {exception.Message}");
        }
    }

    private async Task<ParameterClient?> ClientOfAsync(string node)
    {
        if (!Nodes().Contains(node))
        {
            return null;
        }

        if (!_clients.TryGetValue(node, out var client))
        {
            _clients.Add(node, client = new ParameterClient(_node, node));
        }

        return await client.WaitForServiceAsync(Patience).ConfigureAwait(false) ? client : null;
    }

    private void Gather(IEnumerable<Task> tasks, Action finish)
    {
        var isOver = false;
        ROS2.Timer? timer = null;
        timer = _node.CreateTimer(Patience, _ => Finish());
        Task.WhenAll(tasks).ContinueWith(_ => Finish(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        void Finish()
        {
            if (!isOver)
            {
                isOver = true;
                timer?.Dispose();
                finish();
            }
        }
    }

    private void OnEvent(ParameterEvent change)
    {
        var parameters = change.NewParameters.Concat(change.ChangedParameters)
            .Select(ParameterMessages.FromMessage)
            .Concat(change.DeletedParameters.Select(gone => new Parameter(gone.Name, ParameterValue.NotSet)))
            .Select(parameter => parameter with { Name = $"{change.Node}.{parameter.Name}" })
            .ToList();
        foreach (var (session, names) in _watched)
        {
            var told = parameters.Where(parameter => names.Contains(parameter.Name)).ToList();
            if (told.Count > 0)
            {
                session.Send(ParameterJson.Values(told, null));
            }
        }
    }
}
