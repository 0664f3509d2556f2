using System.Text;

namespace ROS2;

/// <summary>Joins definitions the way rosbag2 and MCAP do for the schema encoding <c>ros2msg</c>.</summary>
internal static class RosDefinitionText
{
    private static readonly string Separator = new('=', 80);

    public static string Compose(RosMessageType type)
    {
        var text = new StringBuilder(type.Text);
        foreach (RosMessageType nested in type.CollectNestedTypes())
        {
            if (text.Length > 0 && text[^1] != '\n')
            {
                text.Append('\n');
            }

            text.Append(Separator).Append('\n');
            text.Append("MSG: ").Append(nested.Package).Append('/').Append(nested.ShortName).Append('\n');
            text.Append(nested.Text);
        }

        return text.ToString();
    }
}
