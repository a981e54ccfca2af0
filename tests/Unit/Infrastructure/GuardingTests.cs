using System.Text.Json;
using Verification.Infrastructure.Guarding;
using Verification.Infrastructure.Plans;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

/// <summary>What is looked for in what was planned or applied, whichever module has it.</summary>
public sealed class GuardingTests
{
    private static readonly WantedValue[] Rotates = [new("aws_kms_key", "enable_key_rotation", "True", "a key rotates")];

    [Fact]
    public void Resources_are_read_from_a_plan_and_from_a_state_with_all_their_modules()
    {
        const string Module =
            """{"resources":[{"address":"aws_a.x","mode":"managed","type":"aws_a","values":{"n":1}}],"child_modules":[{"resources":[{"address":"module.m.aws_b.y[0]","mode":"managed","type":"aws_b","values":{}},{"address":"module.m.data.aws_c.z","mode":"data","type":"aws_c","values":{}},{"address":"module.m.ephemeral.aws_d.e","mode":"managed","type":"aws_d"}]}]}""";
        string[] addresses = ["aws_a.x", "module.m.aws_b.y[0]"];

        Assert.Equal(
            addresses,
            DescribedResource.Read("{\"planned_values\":{\"root_module\":" + Module + "}}").Select(resource => resource.Address)
        );
        Assert.Equal(
            addresses,
            DescribedResource.Read("{\"values\":{\"root_module\":" + Module + "}}").Select(resource => resource.Address)
        );
        Assert.Empty(DescribedResource.Read("""{"format_version":"1.0"}"""));
    }

    [Fact]
    public void A_value_that_is_not_the_wanted_one_is_told_with_its_place_and_its_promise()
    {
        var (deviations, observations) = WantedValue.Look(
            Rotates,
            [
                Of("aws_kms_key", """{"enable_key_rotation":true}"""),
                Of("aws_kms_key", """{"enable_key_rotation":false}"""),
                Of("aws_s3_bucket", "{}"),
            ]
        );
        Assert.Equal(
            "module.m.aws_kms_key.this: enable_key_rotation is 'False', and should be 'True': a key rotates",
            Assert.Single(deviations)
        );
        Assert.Equal(2, observations);
    }

    [Fact]
    public void A_value_of_which_there_is_no_resource_deviates() =>
        Assert.Equal(
            "there is no aws_kms_key, of which a key rotates",
            Assert.Single(WantedValue.Look(Rotates, [Of("aws_s3_bucket", "{}")]).Deviations)
        );

    [Theory]
    [InlineData("""{"rule":[{"days":35}]}""", "rule.0.days", "35")]
    [InlineData("""{"rule":[]}""", "rule.0.days", "")]
    [InlineData("""{"rule":null}""", "rule.0.days", "")]
    [InlineData("""{"key":null}""", "key", "")]
    public void A_value_is_found_by_its_path(string values, string path, string text) => Assert.Equal(text, Of("a", values).Text(path));

    [Theory]
    [InlineData("""{"Sid":"S","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:x"}""", null)]
    [InlineData("""{"Sid":"S","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}""", null)]
    [InlineData("""{"Sid":"SeesGroups","Effect":"Allow","Action":["ec2:DescribeImages"],"Resource":["*"]}""", null)]
    [InlineData("""{"Sid":"S","Effect":"Allow","Action":["s3:GetObject","s3:*"],"Resource":"arn:x"}""", "S allows s3:*")]
    [InlineData("""{"Sid":"S","Effect":"Allow","NotAction":"s3:GetObject","Resource":"arn:x"}""", "S allows all but what it names")]
    [InlineData("""{"Sid":"S","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:x"}""", "S allows it to everybody")]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Principal":{"AWS":["*"]},"Action":"s3:GetObject","Resource":"arn:x"}""",
        "S allows it to everybody"
    )]
    [InlineData("""{"Sid":"S","Effect":"Allow","Action":"s3:DeleteObject","Resource":["arn:x/base/locks/*","arn:x/tail/*"]}""", null)]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":["s3:PutObject","s3:DeleteObjectVersion"],"Resource":["arn:x/base/locks/*","arn:x/*"]}""",
        "S removes what is written, which backup-retention alone may"
    )]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}""",
        "S allows it on every resource, and is on no list that says why"
    )]
    public void A_statement_that_allows_too_much_is_told_wherever_it_stands(string statement, string? fault)
    {
        var (deviations, observations) = PolicyRules.Look([
            Of(
                "aws_iam_role",
                JsonSerializer.Serialize(
                    new { inline = new[] { new { policy = $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""" } } }
                )
            ),
        ]);
        Assert.Equal(fault is null ? [] : [$"module.m.aws_iam_role.this: {fault}"], deviations);
        Assert.Equal(1, observations);
    }

    [Fact]
    public void Only_the_retention_of_backups_removes_what_is_written()
    {
        const string Policy =
            """{"policy":"{\"Statement\":{\"Sid\":\"S\",\"Effect\":\"Allow\",\"Action\":\"s3:DeleteObject\",\"Resource\":\"arn:x/*\"}}"}""";

        Assert.Empty(
            PolicyRules
                .Look([Of("aws_iam_role_policy", Policy) with { Address = "module.access.aws_iam_role_policy.this[\"backup-retention\"]" }])
                .Deviations
        );
        Assert.Single(
            PolicyRules
                .Look([Of("aws_iam_role_policy", Policy) with { Address = "module.access.aws_iam_role_policy.this[\"backup\"]" }])
                .Deviations
        );
    }

    [Theory]
    [InlineData("aws_vpc_endpoint", "TakesOwnRoles", 0)]
    [InlineData("aws_vpc_endpoint", "Whatever", 1)]
    [InlineData("aws_iam_role", "TakesOwnRoles", 1)]
    public void Only_a_way_within_a_network_lets_through_who_has_no_name_yet(string type, string sid, int deviations)
    {
        var statement = new
        {
            Sid = sid,
            Effect = "Allow",
            Principal = "*",
            Action = "sts:AssumeRoleWithWebIdentity",
            Resource = "arn:x",
        };

        Assert.Equal(
            deviations,
            PolicyRules
                .Look([Of(type, JsonSerializer.Serialize(new { policy = JsonSerializer.Serialize(new { Statement = statement }) }))])
                .Deviations.Count
        );
    }

    [Fact]
    public void A_way_within_a_network_removes_nothing_by_itself()
    {
        const string Policy =
            """{"policy":"{\"Statement\":{\"Sid\":\"S\",\"Effect\":\"Allow\",\"Action\":\"s3:DeleteObject\",\"Resource\":\"arn:x/*\"}}"}""";

        Assert.Empty(PolicyRules.Look([Of("aws_vpc_endpoint", Policy)]).Deviations);
    }

    [Fact]
    public void Every_resource_of_the_policy_of_a_key_is_that_key() =>
        Assert.Empty(
            PolicyRules
                .Look([
                    Of(
                        "aws_kms_key",
                        JsonSerializer.Serialize(
                            new { policy = """{"Statement":{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}}""" }
                        )
                    ),
                ])
                .Deviations
        );

    [Fact]
    public void A_way_in_from_all_addresses_is_told() =>
        Assert.Equal(
            ["module.m.aws_vpc_security_group_ingress_rule.this lets in all addresses"],
            NetworkRules
                .Look([
                    Of("aws_vpc_security_group_ingress_rule", """{"cidr_ipv4":"0.0.0.0/0"}"""),
                    Of("aws_vpc_security_group_ingress_rule", """{"cidr_ipv4":"10.0.0.0/19"}"""),
                    Of("aws_route", """{"destination_cidr_block":"0.0.0.0/0"}"""),
                ])
                .Deviations
        );

    [Fact]
    public void Subnets_in_two_zones_are_told() =>
        Assert.Equal(
            ["module.m.aws_subnet.private is in fewer than three zones"],
            NetworkRules
                .Look([Subnet("private", "a"), Subnet("private", "b"), Subnet("public", "a"), Subnet("public", "b"), Subnet("public", "c")])
                .Deviations
        );

    private static DescribedResource Subnet(string name, string zone) =>
        new($"module.m.aws_subnet.{name}[\"{zone}\"]", "aws_subnet", Parsed($$"""{"availability_zone":"{{zone}}"}"""));

    private static DescribedResource Of(string type, string values) => new($"module.m.{type}.this", type, Parsed(values));

    private static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
