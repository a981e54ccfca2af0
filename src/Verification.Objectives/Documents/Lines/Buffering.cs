namespace Verification.Objectives;

/// <summary>How long a writer of lines may gather them before they go to the file in one piece.</summary>
public sealed record Buffering
{
    /// <summary>Gathers for a time, or up to a size, whichever comes first.</summary>
    /// <param name="every">Longest time that a line is held back: what a writer that is killed loses at most.</param>
    /// <param name="bytes">Size at which what is gathered is written at once, in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not positive.</exception>
    public Buffering(TimeSpan every, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        Every = every;
        Bytes = bytes;
    }

    /// <summary>What suits a load run: 50 ms, 64 KiB.</summary>
    public static Buffering OfLoad { get; } = new(TimeSpan.FromMilliseconds(50), 64 * 1024);

    /// <summary>Longest time that a line is held back.</summary>
    public TimeSpan Every { get; }

    /// <summary>Size at which what is gathered is written at once, in bytes.</summary>
    public int Bytes { get; }
}
