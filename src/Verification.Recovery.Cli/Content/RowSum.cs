using System.Buffers.Binary;

namespace Verification.Recovery;

/// <summary>A digest of rows that have no order: the sum of their own digests, so that a row that stands twice counts twice.</summary>
internal sealed class RowSum
{
    private readonly ulong[] sum = new ulong[RowHash.Size / sizeof(ulong)];

    /// <summary>Adds the digest of a row.</summary>
    public void Add(ReadOnlySpan<byte> digest)
    {
        var carry = UInt128.Zero;
        for (var part = 0; part < sum.Length; part++)
        {
            carry += (UInt128)sum[part] + BinaryPrimitives.ReadUInt64LittleEndian(digest[(part * sizeof(ulong))..]);
            sum[part] = (ulong)carry;
            carry >>= 64;
        }
    }

    /// <summary>The sum, lower-case hexadecimal.</summary>
    public string Digits() => string.Concat(sum.Reverse().Select(part => part.ToString("x16")));
}
