using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class FindingTests
{
    [Fact]
    public void Equal_findings_of_several_nodes_are_one_line_with_their_names() =>
        Assert.Equal(
            ["redis-0, redis-1: appendonly is 'no'", "redis-1: port is '1'"],
            Finding
                .Gather([new("redis-0", "appendonly is 'no'"), new("redis-1", "port is '1'"), new("redis-1", "appendonly is 'no'")])
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_group_has_its_turn_before_one_has_its_second() =>
        Assert.Equal(
            ["a1", "b1", "c1", "a2", "c2", "a3"],
            Finding.ByTurns([
                ["a1", "a2", "a3"],
                ["b1"],
                ["c1", "c2"],
            ])
        );

    [Fact]
    public void What_is_not_told_of_deviations_is_counted() =>
        Assert.Equal("1 | 2 | 3 | 4 | 5 | and 2 more", Measurement.OfDeviations("a.b", ["1", "2", "3", "4", "5", "6", "7"], 7).Diagnosis);
}
