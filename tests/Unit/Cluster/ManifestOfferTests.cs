using System.Net;
using Verification.Cluster.Acceptance;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class ManifestOfferTests
{
    [Theory]
    [InlineData("v1", "")]
    [InlineData("apps/v1", "apps")]
    [InlineData("gateway.networking.k8s.io/v1", "gateway.networking.k8s.io")]
    public void A_version_is_of_its_group(string version, string group) => Assert.Equal(group, ManifestOffer.GroupOf(version));

    [Fact]
    public void A_refusal_is_told_in_the_words_of_the_API_server() =>
        Assert.Equal(
            "failed to create typed patch object: .spec.replica: field not declared in schema",
            ManifestOffer.WhyOf(
                HttpStatusCode.InternalServerError,
                """{"kind": "Status", "message": "failed to create typed patch object: .spec.replica: field not declared in schema"}"""
            )
        );

    [Theory]
    [InlineData("no upstream", "502 no upstream")]
    [InlineData("", "502")]
    [InlineData("{}", "502 {}")]
    public void What_is_no_answer_of_it_is_told_as_it_is(string body, string told) =>
        Assert.Equal(told, ManifestOffer.WhyOf(HttpStatusCode.BadGateway, body));

    [Fact]
    public void An_object_is_in_its_namespace_or_in_none()
    {
        Assert.Equal(
            "apis/apps/v1/namespaces/sportbuff/deployments/server",
            new ServedKind("apis/apps/v1", "deployments", IsNamespaced: true).PlaceOf("sportbuff", "server")
        );
        Assert.Equal(
            "apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Areader",
            new ServedKind("apis/rbac.authorization.k8s.io/v1", "clusterroles", IsNamespaced: false).PlaceOf("default", "system:reader")
        );
    }
}
