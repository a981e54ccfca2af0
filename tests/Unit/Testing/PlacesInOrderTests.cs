using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Suites;

public sealed class PlacesInOrderTests
{
    private readonly Places places = new();

    [Theory]
    [InlineData("Test collection for Verification.Tests.Some.Contract.PostTests (id: 1)", 0)]
    [InlineData("Test collection for Verification.Tests.Some.Failing.OutageTests (id: 1)", 1)]
    [InlineData("Test collection for Verification.Tests.Some.Contract.BadInputTests (id: 1)", 2)]
    public void A_class_that_is_named_stands_there_and_not_where_its_folder_does(string collection, int rank) =>
        Assert.Equal(rank, places.RankOf(collection));

    [Fact]
    public void What_has_no_place_is_told() =>
        Assert.Throws<InvalidOperationException>(() =>
            places.RankOf("Test collection for Verification.Tests.Some.Other.OtherTests (id: 1)")
        );

    private sealed class Places() : PlacesInOrder("Some", "Contract", "Failing", "Contract.BadInputTests");
}
