using Verification.Cluster.Manifests;
using Verification.Objectives;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class KnownNamesTests
{
    private static readonly string Own = Path.Combine(Files.Root, "environments", "known.yaml");

    [Fact]
    public void The_registries_and_callers_of_the_project_are_read()
    {
        var known = KnownNames.Read(Own);

        Assert.Contains("registry.example", known.Registries);
        Assert.DoesNotContain("docker.io", known.Registries);
        Assert.DoesNotContain("server", known.Callers["artemis"]);
        Assert.Contains("monitoring/prometheus", known.Callers["haproxy"]);
    }

    [Theory]
    [InlineData("registries: [registry.example, ", "registries: [\"*\", ")]
    [InlineData("registries: [registry.example, ", "registries: [registry, ")]
    [InlineData("object-store: [backup]", "object-store: []")]
    [InlineData("object-store: [backup]", "object-store: [\"*\"]")]
    [InlineData("callers:", "caller:")]
    public void What_names_everybody_or_nobody_is_refused(string part, string instead)
    {
        var text = File.ReadAllText(Own);
        Assert.Contains(part, text, StringComparison.Ordinal);

        Assert.Throws<DocumentException>(() => DocumentReader.Parse(text.Replace(part, instead, StringComparison.Ordinal), Own, "known"));
    }
}
