using ROS2;
using ROS2.Bag;

namespace Aios.Cli.RosTools;

/// <summary>Types of a bag's topics: as they are known here, else as the bag defines them.</summary>
internal static class BagTypes
{
    /// <summary>The type of a topic; null where neither this program nor the bag tells what the bag's messages are.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="tell">Gets a line when the bag's definition is wrong.</param>
    public static RosMessageType? Find(BagTopicSummary topic, Action<string> tell)
    {
        if (RosTypes.MessagesNamed(topic.TypeName).FirstOrDefault(type => type.TypeHash == topic.TypeHash || topic is { TypeHash: "", Definition: "" }) is { } own)
        {
            return own;
        }

        if (topic.Definition.Length == 0)
        {
            return null;
        }

        try
        {
            var type = RosDefinitions.CreateMessageType(topic.TypeName, topic.Definition, RosTypes.Registry);
            return topic.TypeHash.Length == 0 || topic.TypeHash == type.TypeHash ? type : null;
        }
        catch (FormatException error)
        {
            tell($"'{topic.Name}': the bag's definition of {topic.TypeName} is wrong: {error.Message}");
            return null;
        }
    }

    /// <summary>A type of which nothing but its name is known; that is enough for bytes to be stored as they are.</summary>
    public static RosMessageType NameOnly(string name, string typeHash) =>
        new(name, typeHash, "", () => throw new NotSupportedException(name), () => []);
}
