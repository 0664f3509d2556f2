namespace Aios.Safety.Quorum;

/// <summary>
/// Signs as this member and verifies any member. Signatures have one fixed length, so that the size of a message does
/// not depend on them; their bytes may differ from run to run and enter no hash or event.
/// </summary>
public interface ISignatureScheme
{
    /// <summary>Length of every signature, bytes.</summary>
    const int SignatureBytes = 64;

    /// <summary>Key index of the human operator.</summary>
    const int Operator = 255;

    /// <summary>Signs as this member.</summary>
    /// <param name="message">Bytes to sign.</param>
    /// <param name="signature">Receives <see cref="SignatureBytes"/> bytes.</param>
    void Sign(ReadOnlySpan<byte> message, Span<byte> signature);

    /// <summary>Whether the signature is the member's. False for unknown members and any malformed input; never throws.</summary>
    bool Verify(int member, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
