using System.Security.Cryptography;
using System.Text;
using Verification.Recovery;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class RowHashTests
{
    [Fact]
    public void The_same_values_give_the_same_digest() => Assert.Equal(Of("a", 1L, 2.5, DBNull.Value), Of("a", 1L, 2.5, DBNull.Value));

    /// <summary>Pairs that a digest of joined texts takes for one.</summary>
    [Fact]
    public void What_reads_alike_when_joined_has_digests_of_its_own()
    {
        Assert.NotEqual(Of("ab", "c"), Of("a", "bc"));
        Assert.NotEqual(Of(""), Of(DBNull.Value));
        Assert.NotEqual(Of("1"), Of(1L));
        Assert.NotEqual(Of(1L), Of(1.0));
        Assert.NotEqual(Of("A"u8.ToArray()), Of("A"));
        Assert.NotEqual(Of("a", "b"), Of("b", "a"));
        Assert.NotEqual(Of(0.0), Of(-0.0));
        Assert.NotEqual(Of("\u00e9"), Of("e\u0301"));
    }

    /// <summary>What backups have told once is held against what is read now: type, length and value of each, whatever is hashed at a
    /// time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(65_527)]
    [InlineData(65_528)]
    [InlineData(200_000)]
    public void The_digest_is_that_of_all_values_one_behind_the_other(int length)
    {
        var (text, bytes) = (new string('\u00e9', length), new byte[length]);
        using var whole = new MemoryStream();
        for (var round = 0; round < 3; round++)
        {
            Write(whole, type: 3, Encoding.UTF8.GetBytes(text));
            Write(whole, type: 4, bytes);
            Write(whole, type: 1, BitConverter.GetBytes(7L));
            Write(whole, type: 0, []);
        }

        object[] values = [text, bytes, 7L, DBNull.Value];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(whole.ToArray())), Of([.. values, .. values, .. values]));

        static void Write(Stream to, byte type, byte[] value)
        {
            to.WriteByte(type);
            to.Write(BitConverter.GetBytes((long)value.Length));
            to.Write(value);
        }
    }

    [Fact]
    public void A_digest_that_was_taken_leaves_nothing_behind()
    {
        using var hash = new RowHash();
        hash.Add("a");
        var first = hash.Digits();
        hash.Add("a");

        Assert.Equal(first, hash.Digits());
    }

    private static string Of(params object[] values)
    {
        using var hash = new RowHash();
        foreach (var value in values)
            hash.Add(value);
        return hash.Digits();
    }
}
