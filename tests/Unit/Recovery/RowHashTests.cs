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

    private static string Of(params object[] values)
    {
        using var hash = new RowHash();
        foreach (var value in values)
            hash.Add(value);
        return hash.Digits();
    }
}
