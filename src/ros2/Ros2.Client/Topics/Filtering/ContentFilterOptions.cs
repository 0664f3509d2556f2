namespace ROS2;

/// <summary>
/// Which messages of a topic a subscription wants: a condition on their fields in the SQL subset of DDS 1.4, Annex B, as
/// rclcpp's content filter. Immutable.
/// </summary>
/// <remarks>
/// It is applied where messages arrive, on every transport: the callback sees the same messages as with a filter in the
/// middleware, but those that are dropped have crossed the network.
/// </remarks>
public sealed record ContentFilterOptions
{
    /// <summary>
    /// The condition, for example <c>temperature &gt; 30 AND header.frame_id LIKE 'lidar%'</c>: comparisons
    /// (<c>= &lt;&gt; != &lt; &lt;= &gt; &gt;=</c>, <c>LIKE</c> with <c>%</c> and <c>_</c>, <c>[NOT] BETWEEN … AND …</c>) of fields
    /// (<c>a.b[2].c</c>), numbers, <c>'texts'</c>, <c>TRUE</c>, <c>FALSE</c> and parameters (<c>%0</c>), joined by <c>AND</c>,
    /// <c>OR</c>, <c>NOT</c> and parentheses.
    /// </summary>
    /// <value>Default empty: every message.</value>
    public string FilterExpression { get; init; } = "";

    /// <summary>What stands for <c>%0</c>, <c>%1</c>, …, written as in the expression; at most 100.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<string> ExpressionParameters { get; init; } = [];
}
