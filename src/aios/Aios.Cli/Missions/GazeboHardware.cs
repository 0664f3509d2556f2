using aios_interfaces.msg;
using Aios.Cli.Worlds;
using Aios.Nodes;
using Aios.Numerics;
using Aios.Sim;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;

namespace Aios.Cli.Missions;

/// <summary>
/// What a rover has and Gazebo has not: the survey at the landing (<c>initialpose</c>) and the sun compass (<c>heading</c>),
/// measured with the built-in simulator's errors from the pose that Gazebo tells.
/// </summary>
internal sealed class GazeboHardware
{
    private readonly HeadingModel _model = new();
    private readonly string _rover;
    private readonly SeededRandom _noise;
    private readonly SeededRandom _survey;
    private readonly Publisher<Heading> _heading;
    private readonly Publisher<PoseWithCovarianceStamped> _initialPose;
    private double _measured = double.NegativeInfinity;
    private bool _isSurveyed;

    /// <param name="node">Any node.</param>
    /// <param name="rover">Whose.</param>
    /// <param name="seed">Of the errors.</param>
    public GazeboHardware(Node node, string rover, ulong seed)
    {
        _rover = rover;
        _noise = SeededRandom.ForStream(seed, rover + "/gazebo/heading");
        _survey = SeededRandom.ForStream(seed, rover + "/survey");
        _heading = node.CreatePublisher<Heading>(Topics.Of(rover, Topics.Heading));
        _initialPose = node.CreatePublisher<PoseWithCovarianceStamped>(Topics.Of(rover, Topics.InitialPose), QosProfile.StaticTransformProfile);
        node.CreateSubscription<Odometry>(Topics.Of(rover, GazeboFleet.Truth), OnTruth, QosProfile.KeepLast(10));
    }

    private void OnTruth(Odometry truth)
    {
        var pose = PoseMessages.Read(truth.Pose.Pose);
        var time = NodeTime.ToSeconds(truth.Header.Stamp);
        if (!PoseMessages.IsUsable(pose))
        {
            return;
        }

        if (!_isSurveyed)
        {
            _isSurveyed = true;
            _initialPose.Publish(LandingSurvey.Measure(pose.Position, pose.Orientation.Yaw, _survey));
        }

        if (time - _measured >= (1 / _model.RateHz) - 1e-3 && Math.Abs(truth.Twist.Twist.Angular.Z) <= _model.MaxYawRateRps)
        {
            _measured = time;
            var heading = new Heading
            {
                Yaw = Angles.WrapToPi(pose.Orientation.Yaw + _noise.NextGaussian(0, _model.SunSigmaRad)),
                Variance = _model.SunSigmaRad * _model.SunSigmaRad,
                Source = Heading.SOURCE_SUN,
            };
            heading.Header.FrameId = Topics.BaseFrame(_rover);
            heading.Header.Stamp = truth.Header.Stamp;
            _heading.Publish(heading);
        }
    }
}
