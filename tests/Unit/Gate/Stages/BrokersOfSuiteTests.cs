using Verification.Gate.Stages;
using Verification.Objectives;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Gate.Stages;

public sealed class BrokersOfSuiteTests
{
    [Theory]
    [InlineData(SuiteBrokers.Default, null, BrokerKind.Artemis, true, "artemis")]
    [InlineData(SuiteBrokers.Default, null, BrokerKind.Classic, true, "classic")]
    [InlineData(SuiteBrokers.Every, null, BrokerKind.Artemis, true, "artemis, classic")]
    [InlineData(SuiteBrokers.Every, null, BrokerKind.Classic, true, "classic, artemis")]
    [InlineData(SuiteBrokers.Every, null, BrokerKind.Classic, false, "classic")]
    [InlineData(SuiteBrokers.Artemis, null, BrokerKind.Classic, false, "artemis")]
    [InlineData(SuiteBrokers.Artemis, BrokerKind.Classic, BrokerKind.Artemis, true, "classic")]
    [InlineData(SuiteBrokers.Classic, null, BrokerKind.Artemis, false, "classic")]
    [InlineData(SuiteBrokers.Classic, BrokerKind.Artemis, BrokerKind.Artemis, true, "artemis")]
    [InlineData(SuiteBrokers.Every, BrokerKind.Classic, BrokerKind.Artemis, true, "classic")]
    [InlineData(SuiteBrokers.None, null, BrokerKind.Artemis, true, "")]
    [InlineData(SuiteBrokers.None, BrokerKind.Classic, BrokerKind.Artemis, true, "")]
    public void A_suite_has_a_stage_for_each_kind_that_it_asks_for(
        SuiteBrokers wanted,
        BrokerKind? asked,
        BrokerKind usual,
        bool othersToo,
        string kinds
    )
    {
        IReadOnlyList<BrokerKind> had = othersToo ? [BrokerKind.Artemis, BrokerKind.Classic] : [];

        Assert.Equal(kinds, string.Join(", ", BrokersOfSuite.Of(wanted, asked, usual, had)).ToLowerInvariant());
    }

    [Theory]
    [InlineData("chaos-classic", SuiteBrokers.Classic, BrokerKind.Artemis, true)]
    [InlineData("chaos-classic", SuiteBrokers.Classic, BrokerKind.Classic, false)]
    [InlineData("chaos-classic", SuiteBrokers.Classic, null, false)]
    [InlineData("chaos-more", SuiteBrokers.Artemis, BrokerKind.Classic, true)]
    [InlineData("chaos-more", SuiteBrokers.Default, BrokerKind.Classic, false)]
    [InlineData("chaos-more", SuiteBrokers.Every, BrokerKind.Classic, false)]
    [InlineData("chaos", SuiteBrokers.Classic, BrokerKind.Artemis, false)]
    [InlineData("chaos", SuiteBrokers.Artemis, BrokerKind.Classic, false)]
    public void What_stands_beside_a_suite_for_one_kind_is_left_out_where_all_is_to_run_on_another(
        string entry,
        SuiteBrokers brokers,
        BrokerKind? asked,
        bool leftOut
    ) =>
        Assert.Equal(
            leftOut,
            BrokersOfSuite.IsLeftOut(new ProfileSuite(entry, TimeSpan.FromMinutes(1), brokers) { Suite = "chaos" }, asked)
        );
}
