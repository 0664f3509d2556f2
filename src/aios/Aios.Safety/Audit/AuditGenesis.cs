using Aios.Safety.Quorum;

namespace Aios.Safety.Audit;

/// <summary>First entry of an audit trail: whose it is and what its certificates are checked against.</summary>
/// <param name="FleetId">The fleet.</param>
/// <param name="Self">Member index of the keeper.</param>
/// <param name="Members">Names of all members, by index.</param>
/// <param name="Model">Fault model, hence the size of a quorum.</param>
/// <param name="PublicKeys">
/// Keys by member index, <see cref="ISignatureScheme.Operator"/> for the human, each X‖Y. Whoever audits compares them
/// with the keys that were handed out: a forger of the whole file would write other ones.
/// </param>
public sealed record AuditGenesis(
    ulong FleetId, int Self, IReadOnlyList<string> Members, FaultModel Model, IReadOnlyDictionary<int, byte[]> PublicKeys)
{
    /// <summary>The genesis of a member whose ring holds everybody's public key.</summary>
    public static AuditGenesis Of(QuorumOptions options, int self, IReadOnlyList<string> names, EcdsaKeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keys);
        var known = new SortedDictionary<int, byte[]>();
        for (int member = 0; member <= ISignatureScheme.Operator; member++)
        {
            if (keys.PublicKey(member) is { } key)
            {
                known[member] = key;
            }
        }

        return new AuditGenesis(options.FleetId, self, names, options.Model, known);
    }
}
