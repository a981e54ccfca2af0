using Verification.Observability;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class NumberedLinesTests
{
    private static readonly NumberedLines Lines = new("w1", 3);

    [Fact]
    public void Each_of_them_once_is_as_it_should_be() => Assert.Empty(Lines.Faults(["w1 3", "w1 1", "w1 2"]));

    [Fact]
    public void What_is_lost_and_what_is_doubled_is_told() =>
        Assert.Equal(["line 2 is lost", "line 3 is there 2 times"], Lines.Faults(["w1 3", "w1 1", "w1 3"]));

    [Fact]
    public void Lines_of_others_say_nothing() => Assert.Equal(3, Lines.Faults(["w12 1", "another line", "a w1 2"]).Count);
}
