using Verification.Load;
using Verification.Load.Scenarios;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class EventReadersTests
{
    [Fact]
    public void Each_question_has_its_burst_and_all_of_them_come_while_it_lasts()
    {
        var readers = Readers(TimeSpan.FromSeconds(15));

        Assert.Equal(TimeSpan.FromSeconds(15), readers.Length);
        Assert.Equal(5 * EventReaders.Few.OfAQuestion, readers.Planned);
        Assert.Equal(EventReaders.Few.InBurst, readers.PeakRate);
        Assert.Equal([100, 50, 100, 50], readers.Parts.Take(4).Select(part => part.PeakRate));
    }

    [Fact]
    public void A_time_that_holds_no_question_brings_nobody() => Assert.Empty(EventReaders.Few.During(TimeSpan.FromSeconds(2.9)));

    private static LoadSequence Readers(TimeSpan time) => new([.. EventReaders.Few.During(time).Select(load => load.Model)]);
}
