using Verification.Observability;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class WantedLoadTests
{
    [Fact]
    public void A_load_of_which_nearly_all_was_served_lacks_nothing() =>
        Assert.Null(WantedLoad.Lack(new WantedLoad("POSTs", 600, 570), new WantedLoad("GETs", 2400, 2400)));

    [Fact]
    public void A_load_of_which_less_was_served_says_nothing_and_how_much_it_was() =>
        Assert.Equal(
            "569 of 600 POSTs were served, fewer than 95 %",
            WantedLoad.Lack(new WantedLoad("POSTs", 600, 569), new WantedLoad("GETs", 2400, 2400))
        );

    [Fact]
    public void A_platform_that_answers_nobody_is_not_under_load() =>
        Assert.Equal(
            "0 of 600 POSTs were served, 0 of 2400 GETs were served, fewer than 95 %",
            WantedLoad.Lack(new WantedLoad("POSTs", 600, 0), new WantedLoad("GETs", 2400, 0))
        );
}
