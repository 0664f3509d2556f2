namespace ROS2;

/// <summary>Names of interface types as ROS 2 and DDS write them.</summary>
public static class RosTypeName
{
    /// <summary>Splits <c>package/kind/Name</c> (or <c>package/Name</c>) into package and last part.</summary>
    /// <exception cref="ArgumentException">There is no slash.</exception>
    public static (string Package, string ShortName) Split(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int first = name.IndexOf('/', StringComparison.Ordinal);
        if (first <= 0)
        {
            throw new ArgumentException($"'{name}' is not a type name of the form package/msg/Name.", nameof(name));
        }

        return (name[..first], name[(name.LastIndexOf('/') + 1)..]);
    }

    /// <summary><c>std_msgs/msg/String</c> → <c>std_msgs::msg::dds_::String_</c>.</summary>
    public static string ToDds(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int last = name.LastIndexOf('/');
        return $"{name[..last].Replace("/", "::", StringComparison.Ordinal)}::dds_::{name[(last + 1)..]}_";
    }

    /// <summary>
    /// The ROS name of a DDS type name; for the request and response types of a service, the name of that message
    /// (<c>pkg/srv/Name_Request</c>).
    /// </summary>
    /// <returns><see langword="null"/> when it is no ROS 2 type.</returns>
    public static string? FromDds(string ddsName)
    {
        ArgumentNullException.ThrowIfNull(ddsName);
        int marker = ddsName.IndexOf("::dds_::", StringComparison.Ordinal);
        if (marker <= 0 || !ddsName.EndsWith('_'))
        {
            return null;
        }

        string scope = ddsName[..marker].Replace("::", "/", StringComparison.Ordinal);
        return $"{scope}/{ddsName[(marker + 8)..^1]}";
    }
}
