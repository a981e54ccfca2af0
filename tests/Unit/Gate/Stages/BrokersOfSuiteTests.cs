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
}
