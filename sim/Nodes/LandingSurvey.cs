using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;

namespace Aios.Sim;

/// <summary>
/// The survey that a lander makes of its rovers before they drive off: once per rover, its pose in the map frame with
/// an error of its own, on <c>initialpose</c> (transient-local). A measurement, drawn from the seed; not the truth.
/// </summary>
public static class LandingSurvey
{
    private const double PositionSigma = 0.01;
    private const double YawSigma = 0.009;

    /// <summary>Publishes the survey of every rover.</summary>
    internal static void Publish(Node node, PlanetSimulation simulation, ulong seed)
    {
        for (int i = 0; i < simulation.Rovers.Count; i++)
        {
            string name = simulation.Rovers[i].Name;
            SeededRandom random = SeededRandom.ForStream(seed, name + "/survey");
            node.CreatePublisher<PoseWithCovarianceStamped>(
                PlanetTopics.Of(name, "initialpose"), QosProfile.StaticTransformProfile).Publish(Measure(simulation.Truth(i).Position, simulation.Truth(i).Yaw, random));
        }
    }

    /// <summary>One measurement.</summary>
    /// <param name="truePosition">Map frame, m.</param>
    /// <param name="trueYaw">rad.</param>
    /// <param name="random">Of the errors.</param>
    public static PoseWithCovarianceStamped Measure(Vector3d truePosition, double trueYaw, SeededRandom random)
    {
        var message = new PoseWithCovarianceStamped();
        message.Header.FrameId = PlanetTopics.MapFrame;
        Point position = message.Pose.Pose.Position;
        position.X = truePosition.X + random.NextGaussian(0, PositionSigma);
        position.Y = truePosition.Y + random.NextGaussian(0, PositionSigma);
        position.Z = truePosition.Z + random.NextGaussian(0, PositionSigma);
        Quaterniond q = Quaterniond.FromYaw(trueYaw + random.NextGaussian(0, YawSigma));
        Quaternion orientation = message.Pose.Pose.Orientation;
        (orientation.X, orientation.Y, orientation.Z, orientation.W) = (q.X, q.Y, q.Z, q.W);
        const int Side = 6, YawIndex = 5;
        for (int axis = 0; axis < 3; axis++)
        {
            message.Pose.Covariance[(axis * Side) + axis] = PositionSigma * PositionSigma;
        }

        message.Pose.Covariance[(YawIndex * Side) + YawIndex] = YawSigma * YawSigma;
        return message;
    }
}
