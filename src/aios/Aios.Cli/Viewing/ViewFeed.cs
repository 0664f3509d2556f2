using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using aios_interfaces.msg;
using Aios.Mission;
using Aios.Nodes;
using Aios.Safety;
using geometry_msgs.msg;
using nav_msgs.msg;
using sensor_msgs.msg;
using visualization_msgs.msg;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Cli.Viewing;

/// <summary>Turns what a fleet says into messages for the page. The same for a running mission and for a recorded one.</summary>
/// <remarks>For one thread. Times are mission time, s; rovers go by their index in the mission file.</remarks>
internal sealed class ViewFeed(ViewHistory history)
{
    private const double PosePeriod = 0.2;
    private const double StatusPeriod = 2.0;

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Dictionary<int, double> _posedAt = [];
    private readonly Dictionary<int, (double Time, byte Action, ulong Reasons)> _status = [];

    /// <summary>Where the messages go.</summary>
    public ViewHistory History { get; } = history;

    /// <summary>The first message.</summary>
    public void Hello(ViewHello hello) => Write("hello", 0, -1, json =>
    {
        json.WriteString("mission", hello.Mission);
        json.WriteString("text", hello.Description);
        json.WriteNumber("seed", hello.Seed);
        json.WriteString("transport", hello.Transport);
        json.WriteBoolean("live", hello.IsLive);
        json.WriteBoolean("paced", hello.IsPaced);
        json.WriteNumber("rate", hello.Rate);
        json.WriteNumber("goal", hello.CoverageGoal);
        json.WriteNumber("limit", hello.TimeLimit);
        json.WriteNumber("area", hello.AreaSize);
        Numbers(json, "sun", hello.SunAzimuth, hello.SunElevation);
        Numbers(json, "grid", hello.Map.Width, hello.Map.Height, hello.Map.Resolution, hello.Map.OriginX, hello.Map.OriginY);
        json.WriteStartArray("rovers");
        foreach (var rover in hello.Rovers)
        {
            json.WriteStringValue(rover);
        }

        json.WriteEndArray();
    });

    /// <summary>Where a rover believes it is; thinned.</summary>
    public void OnPose(int rover, double time, Pose pose)
    {
        if (!PoseMessages.IsUsable(PoseMessages.Read(pose)) || time - _posedAt.GetValueOrDefault(rover, -1) < PosePeriod - 1e-6)
        {
            return;
        }

        _posedAt[rover] = time;
        var (p, q) = (pose.Position, pose.Orientation);
        Write("p", time, rover, json => Numbers(json, "v", p.X, p.Y, p.Z, q.X, q.Y, q.Z, q.W));
    }

    public void OnBattery(int rover, double time, BatteryState battery) => Write("b", time, rover, json =>
        Numbers(json, "v", battery.Percentage, (double)battery.Voltage * battery.Current));

    public void OnPhase(int rover, double time, MissionPhase phase) => Write("ph", time, rover, json =>
    {
        json.WriteString("phase", ((RoverPhase)phase.Phase).ToString().ToLowerInvariant());
        json.WriteString("why", phase.Reason);
    });

    /// <summary>What the safety gate does; thinned while nothing changes.</summary>
    public void OnSafety(int rover, double time, SafetyStatus status)
    {
        var last = _status.GetValueOrDefault(rover, (Time: -10, Action: (byte)255, Reasons: 0UL));
        if (last.Action == status.Action && last.Reasons == status.Reasons && time - last.Time < StatusPeriod)
        {
            return;
        }

        _status[rover] = (time, status.Action, status.Reasons);
        Write("s", time, rover, json =>
        {
            json.WriteNumber("action", status.Action);
            json.WriteString("why", status.Reasons == 0 ? "" : new GateReasonSet(status.Reasons).Primary.ToString());
            Numbers(json, "v", status.LinearVelocity, status.AngularVelocity);
        });
    }

    public void OnPlan(int rover, double time, nav_msgs.msg.Path plan) => Write("plan", time, rover, json =>
    {
        json.WriteStartArray("v");
        foreach (var pose in plan.Poses)
        {
            Number(json, pose.Pose.Position.X);
            Number(json, pose.Pose.Position.Y);
        }

        json.WriteEndArray();
    });

    public void OnGoal(int rover, double time, PoseStamped goal) => Write("goal", time, rover, json =>
        Numbers(json, "v", goal.Pose.Position.X, goal.Pose.Position.Y));

    public void OnFrontiers(int rover, double time, MarkerArray markers) => Write("fr", time, rover, json =>
    {
        json.WriteStartArray("v");
        foreach (var point in markers.Markers.Where(m => m.Action == Marker.ADD).SelectMany(m => m.Points))
        {
            Number(json, point.X);
            Number(json, point.Y);
        }

        json.WriteEndArray();
    });

    /// <summary>The radio, both directions of each pair as one: the worse counts.</summary>
    public void OnLinks(double time, RadioLinks links, IReadOnlyList<string> rovers)
    {
        var pairs = new SortedDictionary<(int A, int B), (bool Up, float Quality, float Loss, float Bandwidth)>();
        foreach (var link in links.Links)
        {
            int from = Index(rovers, link.FromHost), to = Index(rovers, link.ToHost);
            if (from >= 0 && to >= 0)
            {
                var key = (Math.Min(from, to), Math.Max(from, to));
                var other = pairs.GetValueOrDefault(key, (Up: true, Quality: 1f, Loss: 0f, Bandwidth: float.MaxValue));
                pairs[key] = (other.Up && link.Up, Math.Min(other.Quality, link.Quality), Math.Max(other.Loss, link.Loss), Math.Min(other.Bandwidth, link.Bandwidth));
            }
        }

        Write("ln", time, -1, json =>
        {
            json.WriteStartArray("v");
            foreach (var ((a, b), link) in pairs)
            {
                json.WriteStartArray();
                foreach (var value in (ReadOnlySpan<double>)[a, b, link.Up ? 1 : 0, link.Quality, link.Loss, link.Bandwidth])
                {
                    Number(json, value);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        });
    }

    public void OnEvent(MissionEvent entry) => Write("ev", entry.Time, -1, json =>
    {
        json.WriteNumber("sev", (int)entry.Severity);
        json.WriteString("src", entry.Source);
        json.WriteString("kind", entry.Kind);
        json.WriteString("sub", entry.Subject);
        json.WriteString("text", entry.Detail);
        Numbers(json, "v", [.. entry.Values]);
    });

    /// <summary>Part of the reachable area seen.</summary>
    public void OnCoverage(double time, double coverage) => Write("c", time, -1, json => Number(json, "v", coverage));

    /// <summary>How the operator's orders stand: who is held.</summary>
    public void OnOrders(double time, int rover, bool held) => Write("hold", time, rover, json => json.WriteBoolean("v", held));

    /// <summary>How the mission runs against the wall.</summary>
    public void OnPace(double time, double rate, bool paused) => Write("pace", time, -1, json =>
    {
        json.WriteNumber("v", rate);
        json.WriteBoolean("paused", paused);
    });

    /// <summary>The last message.</summary>
    public void OnEnd(double time, string outcome, string reason) => Write("end", time, -1, json =>
    {
        json.WriteString("outcome", outcome);
        json.WriteString("reason", reason);
    });

    /// <summary>Adds a message that replaces the last of its kind.</summary>
    public void AddTransient(int kind, byte[] content) => History.AddTransient(kind, new ViewMessage(content, IsText: false));

    private static int Index(IReadOnlyList<string> rovers, string name)
    {
        for (var i = 0; i < rovers.Count; i++)
        {
            if (rovers[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private void Write(string kind, double time, int rover, Action<Utf8JsonWriter> content)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            json.WriteString("k", kind);
            Number(json, "t", time);
            if (rover >= 0)
            {
                json.WriteNumber("r", rover);
            }

            content(json);
            json.WriteEndObject();
        }

        History.Add(new ViewMessage(_buffer.WrittenSpan.ToArray(), IsText: true));
    }

    private static void Numbers(Utf8JsonWriter json, string name, params ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            Number(json, value);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    // A tenth of a millimetre, or of a milliradian, is more than a picture shows.
    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(Math.Round(value, 4));
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
