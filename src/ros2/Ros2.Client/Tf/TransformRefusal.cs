using geometry_msgs.msg;

namespace ROS2;

/// <summary>Why a buffer does not take a transform: one line each, that begins with the name tf2 gives the error.</summary>
internal static class TransformRefusal
{
    /// <summary>What is wrong with a transform whatever is in the buffer; null when nothing is.</summary>
    public static string? Of(string parent, string child, string authority, Transform transform, bool isRigid)
    {
        string from = $"transform from authority \"{authority}\"";
        if (child.Length == 0)
        {
            return $"TF_NO_CHILD_FRAME_ID: ignoring {from}: child_frame_id is not set";
        }

        if (parent.Length == 0)
        {
            return $"TF_NO_FRAME_ID: ignoring {from} of child_frame_id \"{child}\": frame_id is not set";
        }

        if (parent == child)
        {
            return $"TF_SELF_TRANSFORM: ignoring {from}: frame_id and child_frame_id are both \"{child}\"";
        }

        return isRigid ? null : Values(child, from, transform);
    }

    /// <summary>It is older than what is kept.</summary>
    public static string Old(string child, string seconds, string authority) =>
        $"TF_OLD_DATA: ignoring data from the past for frame \"{child}\" at time {seconds} from authority \"{authority}\"";

    private static string Values(string child, string from, Transform transform)
    {
        Vector3 t = transform.Translation;
        Quaternion q = transform.Rotation;
        bool isFinite = double.IsFinite(t.X + t.Y + t.Z) && double.IsFinite(q.X + q.Y + q.Z + q.W);
        string values = FormattableString.Invariant($"({t.X} {t.Y} {t.Z}) ({q.X} {q.Y} {q.Z} {q.W})");
        return isFinite
            ? $"TF_DENORMALIZED_QUATERNION: ignoring {from} of child_frame_id \"{child}\": its quaternion is not of unit length {values}"
            : $"TF_NAN_INPUT: ignoring {from} of child_frame_id \"{child}\": a value is not finite {values}";
    }
}
