namespace ROS2;

/// <summary>What <see cref="InterfaceVerifier"/> found.</summary>
/// <param name="Interfaces">Number of interfaces checked.</param>
/// <param name="Hashes">Number of type hashes compared.</param>
/// <param name="Samples">Number of messages compared in both directions.</param>
/// <param name="Mismatches">One line for each difference; empty when all agree.</param>
/// <param name="Unreadable">One line for each part of the input that is not of the expected form.</param>
public sealed record InterfaceVerificationReport(
    int Interfaces, int Hashes, int Samples, IReadOnlyList<string> Mismatches, IReadOnlyList<string> Unreadable)
{
    /// <summary>Whether something was checked and all of it agrees.</summary>
    public bool IsSuccess => Interfaces > 0 && Mismatches.Count == 0 && Unreadable.Count == 0;

    /// <summary>The report as lines: each finding, then the counts.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            foreach (string finding in Unreadable.Concat(Mismatches))
            {
                yield return finding;
            }

            string unreadable = Unreadable.Count > 0 ? $", {Unreadable.Count} unreadable" : "";
            yield return $"{Interfaces} interfaces, {Hashes} type hashes, {Samples} samples: "
                + (Mismatches.Count > 0 ? $"{Mismatches.Count} mismatches" : Samples + Hashes > 0 ? "all agree" : "nothing to compare")
                + unreadable;
        }
    }
}
