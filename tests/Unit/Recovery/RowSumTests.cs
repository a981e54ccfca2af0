using Verification.Recovery;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class RowSumTests
{
    [Fact]
    public void Rows_without_an_order_are_the_same_in_any_and_a_row_that_stands_twice_counts_twice()
    {
        Assert.Equal(Of("a", "b", "b"), Of("b", "a", "b"));
        Assert.NotEqual(Of("a", "b", "b"), Of("a", "b"));
        Assert.NotEqual(Of("a", "b", "b"), Of("a"));
    }

    [Fact]
    public void What_one_part_can_not_hold_goes_on_to_the_next()
    {
        var sum = new RowSum();
        for (var time = 0; time < 2; time++)
            sum.Add([.. Enumerable.Repeat((byte)0xff, sizeof(ulong)), .. new byte[RowHash.Size - sizeof(ulong)]]);

        Assert.Equal($"{0:x32}{1:x16}fffffffffffffffe", sum.Digits());
    }

    private static string Of(params string[] rows)
    {
        using var hash = new RowHash();
        var sum = new RowSum();
        var digest = new byte[RowHash.Size];
        foreach (var row in rows)
        {
            hash.Add(row);
            hash.Take(digest);
            sum.Add(digest);
        }

        return sum.Digits();
    }
}
