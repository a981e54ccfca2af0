using CsCheck;
using Verification.Objectives;
using Verification.Stack.Images;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class ImageNameTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("mysql", null, "mysql", null, null, "mysql")]
    [InlineData("mysql:9.7", null, "mysql", "9.7", null, "mysql:9.7")]
    [InlineData("team/a__b/c--d.e:V1_2-x", null, "team/a__b/c--d.e", "V1_2-x", null, "team/a__b/c--d.e:V1_2-x")]
    [InlineData("host:5000/mysql", "host:5000", "mysql", null, null, "host:5000/mysql")]
    [InlineData("localhost/mysql:1", "localhost", "mysql", "1", null, "localhost/mysql:1")]
    [InlineData("localhost:5000", null, "localhost", "5000", null, "localhost:5000")]
    [InlineData("127.0.0.1:5000/a/b:1", "127.0.0.1:5000", "a/b", "1", null, "127.0.0.1:5000/a/b:1")]
    [InlineData("[::1]:5000/a:1", "[::1]:5000", "a", "1", null, "[::1]:5000/a:1")]
    [InlineData("GHCR.io/team/server:1", "GHCR.io", "team/server", "1", null, "GHCR.io/team/server:1")]
    [InlineData("registry.invalid/server@" + Digest, "registry.invalid", "server", null, Digest, "registry.invalid/server@" + Digest)]
    [InlineData("registry.invalid/server:1.2@" + Digest, "registry.invalid", "server", "1.2", Digest, "registry.invalid/server@" + Digest)]
    public void A_name_is_registry_repository_tag_and_digest(
        string text,
        string? registry,
        string repository,
        string? tag,
        string? digest,
        string onEngine
    )
    {
        var name = ImageName.Parse(text);

        Assert.Equal((registry, repository, tag, digest), (name.Registry, name.Repository, name.Tag, name.Digest));
        Assert.Equal(onEngine, name.OnEngine);
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData("mysql:9.7", "docker.io/library/mysql:9.7", true)]
    [InlineData("mysql", "library/mysql:latest", true)]
    [InlineData("apache/activemq-artemis:2.40.0", "index.docker.io/apache/activemq-artemis:2.40.0", true)]
    [InlineData("mysql:9.7", "mysql:9.8", false)]
    [InlineData("mysql:9.7", "mirror.test/library/mysql:9.7", false)]
    [InlineData("mysql:9.7", "docker.io/library/team/mysql:9.7", false)]
    public void What_goes_without_saying_of_Docker_Hub_may_be_said(string one, string other, bool same) =>
        Assert.Equal(same, ImageName.Parse(one).AsksForSameAs(ImageName.Parse(other)));

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("ghcr.io/MyOrg/server:1", "character 9, 'M', is a capital: a repository is written in lower case (myorg/server)")]
    [InlineData("MyOrg/server", "character 1, 'M', is a capital")]
    [InlineData("ghcr.io/org/server:1\r", "character 21, '\\r', ends a line")]
    [InlineData("ghcr.io/org/server :1", "character 19, ' ', is a blank")]
    [InlineData("a/server:1,dashboard=a/dashboard:1", "character 11, ',', is a separator: name one image at a time")]
    [InlineData("https://ghcr.io/org/server:1", "it has no scheme; leave out 'https://'")]
    [InlineData("ghcr.io\\server", "character 8, '\\', is a backslash")]
    [InlineData("\"server\"", "character 1, '\"', is a quotation mark")]
    [InlineData("sérver", "character 2, 'é', is none of the characters")]
    [InlineData("ser\u001bver", "character 4, '\\u001b', is a control character")]
    [InlineData("ghcr.io/", "no repository is named")]
    [InlineData("ghcr.io//server", "character 9, '/', stands where a part of the path is expected")]
    [InlineData("/server", "character 1, '/', stands where a part of the path is expected")]
    [InlineData("team/server/", "character 12, '/', stands where a part of the path is expected")]
    [InlineData("team/-server", "character 6, '-', stands at the edge")]
    [InlineData("team/ser..ver", "character 10, '.', follows another separator")]
    [InlineData("team/ser___ver", "character 11, '_', follows another separator")]
    [InlineData("team=server", "character 5, '=', does not fit into a repository")]
    [InlineData("a:1:2", "character 2, ':', is a second colon")]
    [InlineData("server:", "character 7, ':', is followed by no tag")]
    [InlineData("server:-1", "character 8, '-', does not fit into a tag")]
    [InlineData("server:1+2", "character 9, '+', does not fit into a tag")]
    [InlineData("host:port/server", "character 5, ':', is followed by 'port'; a port is a number from 1 to 65535")]
    [InlineData("host:70000/server", "character 5, ':', is followed by '70000'")]
    [InlineData("-host.test/server", "character 1, '-', does not fit into a registry's host")]
    [InlineData("host..test/server", "character 5, '.', does not fit into a registry's host")]
    [InlineData("[::x]:5000/server", "character 1, '[', begins an address")]
    [InlineData("server@", "character 7, '@', is followed by ''")]
    [InlineData("server@md5:0", "character 7, '@', is followed by 'md5'")]
    [InlineData("server@sha256:0123", "character 14, ':', is followed by 4 hexadecimal digits; sha256 has 64")]
    [InlineData("server@sha256:ABCD", "character 15, 'A', does not fit into a digest")]
    [InlineData("server@@" + Digest, "character 7, '@', is followed by '@sha256'")]
    public void What_is_wrong_with_a_name_is_said_with_its_place_in_one_line(string text, string problem)
    {
        Assert.Contains(problem, ImageName.ProblemOf(text), StringComparison.Ordinal);
        Assert.DoesNotContain(ImageName.ProblemOf(text)!, char.IsControl);
        Assert.Equal(ImageName.ProblemOf(text), Assert.Throws<FormatException>(() => ImageName.Parse(text)).Message);
    }

    [Fact]
    public void Names_and_tags_end_where_registries_end_them()
    {
        Assert.Null(ImageName.ProblemOf($"{new string('a', 255)}:{new string('b', 128)}"));
        Assert.Contains("at most 255", ImageName.ProblemOf(new string('a', 256)), StringComparison.Ordinal);
        Assert.Contains("at most 128", ImageName.ProblemOf($"a:{new string('b', 129)}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_typed_is_a_name_or_a_problem_and_a_name_is_read_again_as_itself() =>
        Gen.String[Gen.Char["aA09.:/@-_[] \r,é"], 0, 24]
            .Sample(text =>
            {
                if (ImageName.ProblemOf(text) is null)
                {
                    var name = ImageName.Parse(text);
                    Assert.Equal(name.OnEngine, ImageName.Parse(name.OnEngine).OnEngine);
                }
            });

    [Fact]
    public void An_image_in_a_variable_or_in_sut_yaml_is_refused_where_it_stands()
    {
        using var folder = new Gate.TemporaryFolder();
        var sut = folder.File(
            "sut.yaml",
            """
            schema: 1
            name: x
            images:
              dashboard: build
              server: ghcr.io/MyOrg/server:1
            environment: {dashboard: {}, server: {}}
            anonymousBroker: false
            tls: false
            ddlRights: false
            extras: []
            """
        );

        Assert.StartsWith(
            $"{sut}:5:11: 'ghcr.io/MyOrg/server:1' names no image: character 9, 'M'",
            Assert.Throws<DocumentException>(() => SutFile.Read(sut)).Message
        );
        Assert.StartsWith(
            "VERIFY_PREVIOUS: server: 'A' names no image: character 1",
            Assert.Throws<FormatException>(() => ImageOverrides.Parse("server=A", "VERIFY_PREVIOUS")).Message
        );
        Assert.StartsWith(
            "VERIFY_IMAGES: mysql: 'build': only dashboard and server are built",
            Assert.Throws<FormatException>(() => ImageOverrides.Parse("mysql=build")).Message
        );
        Assert.Equal("s:1", ImageOverrides.Parse("dashboard=d:1\r\nserver=s:1\r\n").Images["server"]);
    }

    [Theory]
    [InlineData("gate")]
    [InlineData("up")]
    [InlineData("admit")]
    [InlineData("images")]
    public async Task An_image_in_an_option_is_refused_with_exit_code_2(string command)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(
            2,
            await new Verification.Gate.Commands.CommandLine(output, errors, TimeProvider.System).RunAsync([
                command,
                "--image",
                "server=ghcr.io/org/server:1\r",
            ])
        );
        Assert.StartsWith(
            "verify: --image server: 'ghcr.io/org/server:1\\r' names no image: character 21, '\\r', ends a line",
            errors.ToString()
        );
    }
}
