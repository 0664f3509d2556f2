namespace Aios.Perception;

/// <summary>The fields before the tiles of a map delta.</summary>
/// <param name="Incarnation">Restart count of the sender.</param>
/// <param name="Base">The sender's log up to here is assumed known.</param>
/// <param name="Top">With this message it is known up to here.</param>
/// <param name="Acknowledged">Up to which number the sender has this rover's log; 0 when it does not say.</param>
/// <param name="TileCount">Tiles that follow.</param>
internal readonly record struct DeltaHeader(uint Incarnation, ulong Base, ulong Top, ulong Acknowledged, int TileCount)
{
    /// <summary>Reads and checks a header.</summary>
    /// <param name="reader">At the start of the message; afterwards at the first tile.</param>
    /// <param name="gridId">Grid that this rover uses.</param>
    /// <param name="selfId">This rover's id in acknowledgements.</param>
    /// <param name="selfIncarnation">This rover's restart count.</param>
    /// <param name="selfHead">The newest change this rover can have told anybody.</param>
    /// <param name="header">The fields.</param>
    public static DeltaVerdict Read(
        ref DeltaReader reader, uint gridId, ulong selfId, uint selfIncarnation, ulong selfHead, out DeltaHeader header)
    {
        bool known = reader.UInt16() == MapDeltaFormat.Magic & reader.Byte() == MapDeltaFormat.Version;
        uint incarnation = reader.UInt32();
        bool sameGrid = reader.UInt32() == gridId;
        ulong start = reader.UInt64(), top = reader.UInt64(), acknowledged = 0;
        for (int left = reader.Byte(); left > 0; left--)
        {
            ulong id = reader.UInt64();
            uint ofIncarnation = reader.UInt32();
            ulong received = reader.UInt64();
            if (id == selfId && ofIncarnation == selfIncarnation)
            {
                acknowledged = received;
            }
        }

        header = new DeltaHeader(incarnation, start, top, acknowledged, reader.UInt16());
        if (!known)
        {
            return DeltaVerdict.BadFormat;
        }

        if (!sameGrid)
        {
            return DeltaVerdict.WrongGrid;
        }

        bool possible = !reader.IsBroken && top >= start && acknowledged <= selfHead;
        return possible ? DeltaVerdict.Applied : DeltaVerdict.BadContent;
    }
}
