using Verification.Stack.Images.Services;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class BuildEnvironmentTests
{
    [Theory]
    [InlineData("VERSION")]
    [InlineData("CONFIGURATION")]
    [InlineData("PLATFORM")]
    [InlineData("OUTPUTPATH")]
    [InlineData("TARGETFRAMEWORK")]
    [InlineData("UseArtifactsOutput")]
    [InlineData("MSBuildSDKsPath")]
    [InlineData("VERIFY_IMAGES")]
    [InlineData("HOMEPATH")]
    public void What_MSBuild_would_take_for_a_property_is_taken_away(string name) => Assert.Null(BuildEnvironment.Changes([name])[name]);

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("TMPDIR")]
    [InlineData("https_proxy")]
    [InlineData("HTTPS_PROXY")]
    [InlineData("NUGET_PACKAGES")]
    [InlineData("DOTNET_ROOT")]
    [InlineData("SSL_CERT_FILE")]
    [InlineData("LC_ALL")]
    public void What_a_build_needs_to_find_its_way_passes(string name) =>
        Assert.DoesNotContain(name, BuildEnvironment.Changes([name]).Keys);
}
