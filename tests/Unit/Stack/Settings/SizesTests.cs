using Verification.Stack.Settings;
using Xunit;

namespace Verification.Tests.Unit.Stack.Settings;

public sealed class SizesTests
{
    [Theory]
    [InlineData("32M", "33554432")]
    [InlineData("32mb", "33554432")]
    [InlineData("33554432", "33554432")]
    [InlineData("4k", "4096")]
    [InlineData("1gb", "1073741824")]
    [InlineData("G", "G")]
    [InlineData("12 M", "12 M")]
    [InlineData("10m5", "10m5")]
    [InlineData("99999999999999999999G", "99999999999999999999G")]
    [InlineData("allkeys-lru", "allkeys-lru")]
    [InlineData("", "")]
    public void A_size_has_one_form_and_what_is_none_stays_as_it_is(string text, string form) => Assert.Equal(form, Sizes.InBytes(text));
}
