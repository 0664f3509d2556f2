using aios_interfaces.msg;
using Aios.Mission;
using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Nodes;

/// <summary>
/// The places of the roles that the rover holds, which come before exploring: a scout goes to them one after the other, a
/// relay stays at its post while others explore. Asks on <c>zone_wish</c> for the hazard zones that they lie in.
/// </summary>
internal sealed class RoleDuty
{
    private const double RetryAfter = 10;

    /// <summary>A scout that failed so often gives the place up; a relay does not.</summary>
    private const int MostAttempts = 6;

    /// <summary>Whoever held the post before may stand there dead: after a failure the next one stays so far beside it, m.</summary>
    private const double BesidePost = NavigatorNode.PeerClearance + 0.8;

    /// <summary>A permit is kept until the rover is so far out of the zone, m: no side of it is ahead when it turns.</summary>
    private const double OutOfZone = ZoneSpec.PlanningClearance + 0.4;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly ExplorationMessages _messages;
    private readonly EventReporter _events;
    private readonly Publisher<std_msgs.msg.UInt64> _wishPublisher;
    private readonly HashSet<Duty> _done = [];
    private ulong _roles;
    private ulong _permits;
    private bool _exploring;
    private bool _othersExplore = true;
    private Vector2d? _position;
    private Duty? _duty;
    private bool _isThere;
    private int _attempts;
    private long _goalStamp;
    private double _retryAt;
    private double _waitsSince;

    /// <summary>Sets up topics and timer on <paramref name="node"/>.</summary>
    public RoleDuty(Node node, RoverConfiguration configuration, ExplorationMessages messages, EventReporter events)
    {
        _node = node;
        _configuration = configuration;
        _messages = messages;
        _events = events;
        _roles = 1UL << configuration.Index;
        _wishPublisher = node.CreatePublisher<std_msgs.msg.UInt64>(Topics.ZoneWish);
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, m => _position = new Vector2d(m.Pose.Pose.Position.X, m.Pose.Pose.Position.Y));
        node.CreateSubscription<MissionPhase>(Topics.MissionPhase, m => _exploring = m.Phase == MissionPhase.EXPLORING);
        node.CreateSubscription<NavigationStatus>(Topics.NavigationStatus, OnNavigationStatus);
        node.CreateSubscription<FleetState>(Topics.FleetState, OnFleetState);
        node.CreateTimer(TimeSpan.FromSeconds(0.5), _ => Tick());
    }

    /// <summary>Whether a place is to be gone to or held.</summary>
    public bool IsBusy => Next() is not null;

    private double Now => NodeTime.ToSeconds(_node.Clock.NowNanoseconds);

    private void OnFleetState(FleetState message)
    {
        _permits = message.HazardPermits;
        _othersExplore = false;
        foreach (var member in message.Members)
        {
            _othersExplore |= member.Phase <= MissionPhase.EXPLORING && !message.Lost.Contains(member.Rover);
        }

        for (var taken = message.Roles & ~_roles; taken != 0; taken &= taken - 1)
        {
            var member = System.Numerics.BitOperations.TrailingZeroCount(taken);
            if (member < _configuration.Roles.Count && member != _configuration.Index)
            {
                _events.Notice(EventKinds.RoleTaken, _configuration.Roster[member], _configuration.Roles[member].Name);
            }
        }

        _roles = message.Roles;
    }

    private void OnNavigationStatus(NavigationStatus message)
    {
        if (_duty is not { } duty || NodeTime.ToNanoseconds(message.GoalStamp) != _goalStamp)
        {
            return;
        }

        if (message.Status == NavigationStatus.REACHED && !_isThere)
        {
            _isThere = true;
            Report(EventKinds.PlaceReached, duty, "");
            if (!IsPost(duty))
            {
                _done.Add(duty);
            }
        }
        else if (message.Status is NavigationStatus.NO_PATH or NavigationStatus.STUCK)
        {
            (_goalStamp, _retryAt) = (0, Now + RetryAfter);
            if (++_attempts >= MostAttempts && !IsPost(duty))
            {
                GiveUp(duty, message.Status == NavigationStatus.STUCK ? "stuck" : "no path");
            }
        }
    }

    private void Tick()
    {
        if (_position is not { } position)
        {
            return;
        }

        var next = _exploring ? Next() : null;
        if (next != _duty)
        {
            (_duty, _isThere, _attempts, _goalStamp, _retryAt, _waitsSince) = (next, false, 0, 0, 0, Now);
        }

        var wish = _permits & _configuration.Zones.At(position, OutOfZone);
        if (_duty is { } duty)
        {
            wish |= _configuration.Zones.At(PlaceOf(duty), ZoneSpec.PlanningClearance) & _configuration.Zones.Hazards;
            Pursue(duty, position, (wish & ~_permits) == 0);
        }

        _wishPublisher.Publish(new std_msgs.msg.UInt64 { Data = wish });
    }

    private void Pursue(Duty duty, Vector2d position, bool isPermitted)
    {
        if (!isPermitted)
        {
            if (Now - _waitsSince > _configuration.PermitPatience && !IsPost(duty))
            {
                GiveUp(duty, "not permitted");
            }

            return;
        }

        if (_goalStamp == 0 && Now >= _retryAt)
        {
            _goalStamp = _node.Clock.NowNanoseconds;
            var beside = IsPost(duty) && _attempts > 0 ? BesidePost : 0;
            _messages.PublishGoal(PlaceOf(duty) + ((position - PlaceOf(duty)).Normalized() * beside), _goalStamp);
        }
    }

    /// <summary>The first place left of a scout's, else a relay's post while anybody else explores; null for none.</summary>
    private Duty? Next()
    {
        Duty? post = null;
        for (var member = 0; member < _configuration.Roles.Count; member++)
        {
            for (var place = 0; ((_roles >> member) & 1) != 0 && place < _configuration.Roles[member].Places.Count; place++)
            {
                var duty = new Duty(member, place);
                if (IsPost(duty))
                {
                    post ??= _othersExplore ? duty : null;
                }
                else if (!_done.Contains(duty))
                {
                    return duty;
                }
            }
        }

        return post;
    }

    private void GiveUp(Duty duty, string why)
    {
        _done.Add(duty);
        Report(EventKinds.PlaceGivenUp, duty, why);
    }

    private void Report(string kind, Duty duty, string detail) => _events.Notice(
        kind, _configuration.Roster[duty.Member], detail, duty.Place, PlaceOf(duty).X, PlaceOf(duty).Y);

    private bool IsPost(Duty duty) => _configuration.Roles[duty.Member].Name == RoleSpec.Relay;

    private Vector2d PlaceOf(Duty duty) => _configuration.Roles[duty.Member].Places[duty.Place];

    /// <summary>A place of a role, by the index of the rover that began with it.</summary>
    private readonly record struct Duty(int Member, int Place);
}
