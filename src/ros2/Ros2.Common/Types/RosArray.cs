namespace ROS2;

/// <summary>Fixed arrays of a new message. Used by generated code.</summary>
public static class RosArray
{
    /// <summary>An array of new messages.</summary>
    public static T[] Create<T>(int length)
        where T : IRosMessage, new()
    {
        var array = new T[length];
        for (int i = 0; i < length; i++)
        {
            array[i] = new T();
        }

        return array;
    }

    /// <summary>An array of empty strings.</summary>
    public static string[] CreateStrings(int length)
    {
        var array = new string[length];
        Array.Fill(array, "");
        return array;
    }
}
