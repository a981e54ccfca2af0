using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Docker.DotNet;
using DotNet.Testcontainers.Configurations;
using Verification.Stack.Engine;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed partial class TestcontainersDefaultsTests
{
    // Where the engine is, and what a registry is told.
    private static readonly string[] Obeyed = ["DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_AUTH_CONFIG"];

    [Fact]
    public void Every_variable_that_the_libraries_read_is_ours_to_set_or_to_obey()
    {
        var read = NamesIn(typeof(TestcontainersSettings).Assembly).Concat(NamesIn(typeof(DockerClient).Assembly)).Distinct().ToList();

        Assert.Contains("TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", read);
        Assert.Empty(read.Except([.. TestcontainersDefaults.Variables.Keys, .. Obeyed]));
    }

    [Fact]
    public void What_others_have_set_decides_nothing()
    {
        Environment.SetEnvironmentVariable("TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", "mirror.invalid");
        Environment.SetEnvironmentVariable("TESTCONTAINERS_RYUK_DISABLED", "false");
        Environment.SetEnvironmentVariable("TESTCONTAINERS_OF_A_LATER_VERSION", "1");

        TestcontainersDefaults.Apply();

        Assert.Null(Environment.GetEnvironmentVariable("TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX"));
        Assert.Null(Environment.GetEnvironmentVariable("TESTCONTAINERS_OF_A_LATER_VERSION"));
        Assert.Equal("true", Environment.GetEnvironmentVariable("TESTCONTAINERS_RYUK_DISABLED"));
    }

    [Fact]
    public void What_the_file_of_a_home_says_decides_nothing()
    {
        try
        {
            _ = EngineEndpoint.Find();
        }
        catch (EngineMissingException e)
        {
            Lack.Of(e.Message);
        }

        TestcontainersSettings.HubImageNamePrefix = "mirror.invalid";
        TestcontainersSettings.ResourceReaperEnabled = true;
        TestcontainersSettings.OS = new Unix("tcp://127.0.0.1:9");

        TestcontainersDefaults.Apply();

        Assert.Null(TestcontainersSettings.HubImageNamePrefix);
        Assert.False(TestcontainersSettings.ResourceReaperEnabled);
        Assert.Equal(EngineEndpoint.Find().Address, TestcontainersSettings.OS.DockerEndpointAuthConfig.Endpoint);
    }

    private static List<string> NamesIn(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var names = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
            names.AddRange(Name().Matches(metadata.GetUserString(handle)).Select(match => match.Value));
        return names;
    }

    [GeneratedRegex("^(?:TESTCONTAINERS|DOCKER)_[A-Z_]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
