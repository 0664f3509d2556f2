using System.Diagnostics;
using Aios.Cli.Missions;
using ROS2;
using ROS2.Bag;

namespace Aios.Cli.Foxglove;

/// <summary>
/// Plays a mission's recording to Foxglove: its topics, and the nodes for viewers that live on them. The parameters
/// <c>/player.rate</c>, <c>/player.paused</c> and <c>/player.skip_to_s</c> say how; going back is a new session for its clients.
/// </summary>
internal sealed class BagPlayback : IDisposable
{
    private const string SkipTo = "skip_to_s";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly McapReader _reader;
    private readonly RosBridge _bridge;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private BagStage _stage;
    private double _rate;
    private bool _isPaused;
    private double _skipTo;
    private long? _wantedNs;
    private long _fromNs;

    /// <summary>Opens a recording and begins to serve; <see cref="Run"/> plays.</summary>
    /// <param name="directory">Folder that a mission left.</param>
    /// <param name="port">Where it is served; 0 for any port that is free.</param>
    /// <param name="rate">Recorded time over time on the wall.</param>
    /// <exception cref="AiosException">There is no recording, it cannot be read, or the port is taken.</exception>
    public BagPlayback(string directory, int port, double rate)
    {
        _rate = rate;
        _reader = MissionRecording.Open(directory);
        _stage = NewStage();
        _bridge = new RosBridge(NewBridgeNode(), port, $"AIOS recording {Path.GetFileName(Path.TrimEndingDirectorySeparator(directory))}");
    }

    /// <summary>What to open in Foxglove.</summary>
    public string Url => _bridge.Url;

    /// <summary>Plays until cancelled; at the end of the recording time stands still.</summary>
    public void Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            if (_wantedNs is { } wanted)
            {
                GoTo(wanted);
            }

            _stage.Advance(_stage.IsOver || _isPaused ? _stage.NowNs : _fromNs + (long)(_watch.Elapsed.TotalSeconds * _rate * 1e9));
            _bridge.Update();
            cancel.WaitHandle.WaitOne(Tick);
        }
    }

    public void Dispose()
    {
        _bridge.Dispose();
        _stage.Dispose();
        _reader.Dispose();
    }

    private BagStage NewStage()
    {
        var stage = new BagStage(_reader);
        DeclareParameters(stage.Player);
        return stage;
    }

    private Node NewBridgeNode() => _stage.Context.CreateNode("foxglove");

    private void DeclareParameters(Node player)
    {
        var end = _reader.Statistics.EndTimeNs * 1e-9;
        player.DeclareParameter("rate", _rate, ParameterDescriptors.Range("Recorded time over time on the wall.", 0.01, 1000.0));
        player.DeclareParameter("paused", _isPaused, ParameterDescriptors.Describe("Whether time stands still."));
        player.DeclareParameter(SkipTo, _skipTo, ParameterDescriptors.Describe("Go on from this time of the recording, s, earlier or later."));
        player.AddPostSetParametersCallback(set =>
        {
            (_fromNs, _rate) = (_stage.NowNs, player.GetParameter<double>("rate"));
            _isPaused = player.GetParameter<bool>("paused");
            _watch.Restart();
            if (set.Any(parameter => parameter.Name == SkipTo))
            {
                var asked = player.GetParameter<double>(SkipTo);
                _skipTo = asked > 0 ? Math.Min(asked, end) : 0;
                _wantedNs = (long)(_skipTo * 1e9);
            }
        });
    }

    // What was is played again, unseen, up to the moment: topics that keep their last message keep the right one, and no node
    // knows of what is yet to come.
    private void GoTo(long timeNs)
    {
        _wantedNs = null;
        if (timeNs < _stage.NowNs)
        {
            var before = _stage;
            _stage = NewStage();
            _stage.Advance(timeNs);
            _bridge.Restart(NewBridgeNode());
            before.Dispose();
        }
        else
        {
            _stage.Advance(timeNs);
        }

        _fromNs = timeNs;
        _watch.Restart();
    }
}
