namespace Aios.Safety.Quorum;

/// <summary>
/// The newest view-change of each member in the current epoch: signed, so that third members can pass it on. One per
/// member, whatever view it names: a liar cannot fill the memory.
/// </summary>
internal sealed class ViewChanges(int members)
{
    private readonly uint[] _views = new uint[members];
    private readonly byte[]?[] _signatures = new byte[]?[members];

    /// <summary>The view that the member last wanted to be in; 0 for none.</summary>
    public uint Of(int member) => _views[member];

    /// <summary>Takes in a view-change whose signature holds; an older one than known changes nothing.</summary>
    public void Add(int member, uint view, byte[] signature)
    {
        if (view > _views[member])
        {
            (_views[member], _signatures[member]) = (view, signature);
        }
    }

    /// <summary>The greatest view that at least so many voters want to be in or beyond; 0 for none.</summary>
    public uint WantedBy(int count, ulong voters)
    {
        uint greatest = 0;
        for (int i = 0; i < members; i++)
        {
            if (_views[i] > greatest && CountAtLeast(_views[i], voters) >= count)
            {
                greatest = _views[i];
            }
        }

        return greatest;
    }

    /// <summary>The greatest view below another that a voter's newest view-change names, and who signed it; false for none.</summary>
    public bool TryNextBelow(uint view, ulong voters, out uint next, List<VoterSignature> signatures)
    {
        next = 0;
        signatures.Clear();
        for (int i = 0; i < members; i++)
        {
            if (((voters >> i) & 1) == 0 || _views[i] < next || _views[i] >= view || _signatures[i] is not { } signature)
            {
                continue;
            }

            if (_views[i] > next)
            {
                signatures.Clear();
                next = _views[i];
            }

            signatures.Add(new VoterSignature((byte)i, signature));
        }

        return next > 0;
    }

    public void Clear()
    {
        Array.Clear(_views);
        Array.Clear(_signatures);
    }

    private int CountAtLeast(uint view, ulong voters)
    {
        int count = 0;
        for (int i = 0; i < members; i++)
        {
            count += ((voters >> i) & 1) != 0 && _views[i] >= view ? 1 : 0;
        }

        return count;
    }
}
