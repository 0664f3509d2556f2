using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;

namespace Aios.Sim;

/// <summary>
/// The survey that a lander makes of its rovers before they drive off: once per rover, its pose in the map frame with
/// an error of its own, on <c>initialpose</c> (transient-local). A measurement, drawn from the seed; not the truth.
/// </summary>
internal static class LandingSurvey
{
    private const double PositionSigma = 0.01;
    private const double YawSigma = 0.009;

    /// <summary>Publishes the survey of every rover.</summary>
    public static void Publish(Node node, PlanetSimulation simulation, ulong seed)
    {
        for (int i = 0; i < simulation.Rovers.Count; i++)
        {
            string name = simulation.Rovers[i].Name;
            SeededRandom random = SeededRandom.ForStream(seed, name + "/survey");
            node.CreatePublisher<PoseWithCovarianceStamped>(
                PlanetTopics.Of(name, "initialpose"), QosProfile.StaticTransformProfile).Publish(Measure(simulation.Truth(i), random));
        }
    }

    private static PoseWithCovarianceStamped Measure(in RoverTruth truth, SeededRandom random)
    {
        var message = new PoseWithCovarianceStamped();
        message.Header.FrameId = PlanetTopics.MapFrame;
        Point position = message.Pose.Pose.Position;
        position.X = truth.Position.X + random.NextGaussian(0, PositionSigma);
        position.Y = truth.Position.Y + random.NextGaussian(0, PositionSigma);
        position.Z = truth.Position.Z + random.NextGaussian(0, PositionSigma);
        Quaterniond q = Quaterniond.FromYaw(truth.Yaw + random.NextGaussian(0, YawSigma));
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
