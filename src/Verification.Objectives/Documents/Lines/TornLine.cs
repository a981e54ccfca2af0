namespace Verification.Objectives;

/// <summary>
/// A line whose writer died within it. The next writer ends it with CAN (ECMA-48, "the data preceding it is in error and to
/// be ignored"), which
/// stands in no JSON text: so a torn line is told from a bad one. Where its writer was only slow, the mark stands on a line of its own and
/// harms nobody.
/// </summary>
internal static class TornLine
{
    private const byte Can = 0x18;

    /// <summary>What ends a torn line.</summary>
    public static ReadOnlySpan<byte> Cancel => [Can, (byte)'\n'];

    /// <summary>Whether a line was ended so.</summary>
    /// <param name="line">The line without its end.</param>
    public static bool Is(ReadOnlySpan<byte> line) => line.EndsWith(Can);
}
