using System.Text.Json;
using Verification.Infrastructure.Guarding;
using Verification.Infrastructure.Plans;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

/// <summary>What is looked for in what was planned or applied, whichever module has it.</summary>
public sealed class GuardingTests
{
    private static readonly string[] Zones = ["a", "b", "c"];
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

    [Theory]
    [InlineData("35", null)]
    [InlineData("90", null)]
    [InlineData("34", "module.m.aws_lock.this: days is '34', and should be at least '35': it is locked")]
    [InlineData("null", "module.m.aws_lock.this: days is '', and should be at least '35': it is locked")]
    public void More_than_is_wanted_holds_where_more_is_better(string days, string? deviation) =>
        Assert.Equal(
            deviation is null ? [] : [deviation],
            new WantedValue("aws_lock", "days", "35", "it is locked") { OrMore = true }.Deviations([
                Of("aws_lock", $$"""{"days":{{days}}}"""),
            ])
        );

    [Theory]
    [InlineData("one.example", "[]", 0)]
    [InlineData("*.example", """["*.example"]""", 2)]
    [InlineData("one.example", """["one.example","*.example"]""", 1)]
    public void A_certificate_for_whatever_name_is_told(string name, string others, int deviations) =>
        Assert.Equal(
            deviations,
            WantedValue
                .OfSafety.SelectMany(value =>
                    value.Deviations([Of("aws_acm_certificate", $$"""{"domain_name":"{{name}}","subject_alternative_names":{{others}}}""")])
                )
                .Count()
        );

    [Theory]
    [InlineData("aws_s3_bucket_object_lock_configuration", "rule.0.default_retention.0.days")]
    [InlineData("aws_s3_bucket_lifecycle_configuration", "rule.0.noncurrent_version_expiration.0.noncurrent_days")]
    [InlineData("aws_kms_key", "deletion_window_in_days")]
    [InlineData("aws_secretsmanager_secret", "recovery_window_in_days")]
    public void What_is_protected_may_be_protected_longer(string type, string path) =>
        Assert.True(Assert.Single(WantedValue.OfProtection, value => value.Type == type && value.Path == path).OrMore);

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
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":"s3:DeleteObject","Resource":["arn:aws:s3:::x/base/locks/*","arn:aws:s3:::x/tail/*"]}""",
        null
    )]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":["s3:PutObject","s3:DeleteObjectVersion"],"Resource":["arn:aws:s3:::x/base/locks/*","arn:aws:s3:::x/*"]}""",
        "S removes what is written, which is for others: of backups backup-retention alone, of objects velero"
    )]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":["s3:GetObjectRetention","kms:DescribeKey","secretsmanager:GetSecretValue"],"Resource":"arn:x"}""",
        null
    )]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":["s3:PutObject","s3:PutLifecycleConfiguration"],"Resource":"arn:x"}""",
        "S allows s3:PutLifecycleConfiguration, by which what protects data can be undone"
    )]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":"S3:bypassGovernanceRetention","Resource":"arn:x"}""",
        "S allows S3:bypassGovernanceRetention, by which what protects data can be undone"
    )]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":"kms:ScheduleKeyDeletion","Resource":"arn:x"}""",
        "S allows kms:ScheduleKeyDeletion, by which what protects data can be undone"
    )]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":"secretsmanager:DeleteSecret","Resource":"arn:x"}""",
        "S allows secretsmanager:DeleteSecret, by which what protects data can be undone"
    )]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":"iam:PassRole","Resource":"arn:x"}""",
        "S allows iam:PassRole, by which what protects data can be undone"
    )]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}""",
        "S allows it on every resource (*), and is on no list that says why"
    )]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"arn:x"}""", "a statement without Sid allows s3:*")]
    [InlineData("""{"Sid":"S","Effect":"Allow","Action":"s3:Get?bject","Resource":"arn:x"}""", "S allows s3:Get?bject")]
    [InlineData(
        """{"Sid":"S","Effect":"Allow","Action":"S3:deleteobject","Resource":"arn:x"}""",
        "S removes what is written, which is for others: of backups backup-retention alone, of objects velero"
    )]
    [InlineData(
        """{"Sid":"SeesGroups","Effect":"Allow","Action":["ec2:DescribeImages","ec2:RunInstances"],"Resource":["*"]}""",
        "SeesGroups allows it on every resource (*), and is on no list that says why"
    )]
    [InlineData("""{"Sid":"SeesChanges","Effect":"Allow","Action":"route53:GetChange","Resource":"arn:aws:route53:::change/*"}""", null)]
    [InlineData(
        """{"Sid":"ScalesItsOwn","Effect":"Allow","Action":"autoscaling:SetDesiredCapacity","Resource":"arn:aws:autoscaling:r:123456789012:autoScalingGroup:*:autoScalingGroupName/*","Condition":{"StringEquals":{"aws:ResourceTag/k8s.io/cluster-autoscaler/one":"owned"}}}""",
        null
    )]
    [InlineData(
        """{"Sid":"ScalesItsOwn","Effect":"Allow","Action":"autoscaling:SetDesiredCapacity","Resource":"arn:aws:autoscaling:r:123456789012:autoScalingGroup:*:autoScalingGroupName/*"}""",
        "ScalesItsOwn allows it on every resource (arn:aws:autoscaling:r:123456789012:autoScalingGroup:*:autoScalingGroupName/*), and is on no list that says why"
    )]
    public void A_statement_that_allows_too_much_is_told_wherever_it_stands(string statement, string? fault)
    {
        var (deviations, observations) = PolicyRules.Look([
            Of(
                "aws_iam_role",
                JsonSerializer.Serialize(
                    new
                    {
                        arn = "arn:aws:iam::123456789012:role/one",
                        inline = new[] { new { policy = $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""" } },
                    }
                )
            ),
        ]);
        Assert.Equal(fault is null ? [] : [$"module.m.aws_iam_role.this: {fault}"], deviations);
        Assert.Equal(1, observations);
    }

    [Theory]
    [InlineData("arn:aws:secretsmanager:*:*:secret:*", true)]
    [InlineData("arn:aws:secretsmanager:eu-central-1:123456789012:secret:*", true)]
    [InlineData("arn:aws:secretsmanager:*:123456789012:secret:sportbuff/mysql", true)]
    [InlineData("arn:aws:kms:eu-central-1:123456789012:key/*", true)]
    [InlineData("arn:aws:kms:*", true)]
    [InlineData("arn:aws:route53:::hostedzone/*", true)]
    [InlineData("arn:aws:iam::123456789012:role/*", true)]
    [InlineData("arn:aws:iam::123456789012:*", true)]
    [InlineData("arn:aws:s3:::*", true)]
    [InlineData("arn:aws:s3:::*/*", true)]
    [InlineData("arn:aws:s3:::bucket/*", false)]
    [InlineData("arn:aws:s3:::bucket-*", false)]
    [InlineData("arn:aws:iam::123456789012:role/one-*", false)]
    [InlineData("arn:aws:eks:r:123456789012:nodegroup/one/*", false)]
    [InlineData("arn:aws:logs:r:123456789012:log-group:/one/connections:*", false)]
    public void Everything_of_a_kind_is_every_resource(string resource, bool isEverything) =>
        Assert.Equal(
            isEverything ? [$"module.m.aws_a.this: S allows it on every resource ({resource}), and is on no list that says why"] : [],
            Found(
                new
                {
                    Sid = "S",
                    Effect = "Allow",
                    Action = "a:Do",
                    Resource = resource,
                }
            )
        );

    [Theory]
    [InlineData("aws_kms_key")]
    [InlineData("aws_ecr_repository_policy")]
    public void Another_account_is_told_wherever_it_is_let_in(string type)
    {
        string[] principals = ["arn:aws:iam::123456789012:root", "arn:aws:iam::999999999999:role/partner", "888888888888"];

        Assert.Equal(
            [
                $"module.m.{type}.this: S trusts account 999999999999",
                $"module.m.{type}.this: S trusts account 888888888888",
                $"module.m.{type}.this: S reaches into account 777777777777",
            ],
            Found(
                new
                {
                    Sid = "S",
                    Effect = "Allow",
                    Principal = new { AWS = principals },
                    Action = "a:Do",
                    Resource = "arn:aws:kms:r:777777777777:key/1",
                },
                type
            )
        );
    }

    [Theory]
    [InlineData("ec2.amazonaws.com", "{}", null)]
    [InlineData("s3.amazonaws.com", """{"StringEquals":{"aws:SourceAccount":"123456789012"}}""", null)]
    [InlineData("s3.amazonaws.com", """{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::bucket"}}""", null)]
    [InlineData(
        "s3.amazonaws.com",
        "{}",
        "S trusts s3.amazonaws.com for any account: a condition on aws:SourceAccount or aws:SourceArn is missing"
    )]
    [InlineData(
        "s3.amazonaws.com",
        """{"StringEqualsIfExists":{"aws:SourceAccount":"123456789012"}}""",
        "S trusts s3.amazonaws.com for any account: a condition on aws:SourceAccount or aws:SourceArn is missing"
    )]
    [InlineData(
        "s3.amazonaws.com",
        """{"StringLike":{"aws:SourceAccount":"*"}}""",
        "S trusts s3.amazonaws.com for any account: a condition on aws:SourceAccount or aws:SourceArn is missing"
    )]
    [InlineData("s3.amazonaws.com", """{"StringEquals":{"aws:SourceAccount":"999999999999"}}""", "S trusts account 999999999999")]
    public void A_service_is_trusted_for_this_account_alone(string service, string condition, string? fault) =>
        Assert.Equal(
            fault is null ? [] : [$"module.m.aws_a.this: {fault}"],
            Found(
                new
                {
                    Sid = "S",
                    Effect = "Allow",
                    Principal = new { Service = service },
                    Action = "sts:AssumeRole",
                    Condition = Parsed(condition),
                }
            )
        );

    [Theory]
    [InlineData("""{"StringEquals":{"i:aud":"sts","i:sub":"system:serviceaccount:a:b"}}""", null)]
    [InlineData(
        """{"StringEquals":{"i:sub":"system:serviceaccount:a:b"}}""",
        "S trusts whoever has a token of the issuer: StringEquals on :aud is missing"
    )]
    [InlineData(
        """{"StringEquals":{"i:aud":"sts"},"StringLike":{"i:sub":"system:serviceaccount:a:b"}}""",
        "S trusts whoever has a token of the issuer: StringEquals on :sub is missing"
    )]
    [InlineData(
        """{"StringEquals":{"i:aud":"sts","i:sub":["system:serviceaccount:a:b","system:serviceaccount:a:*"]}}""",
        "S trusts whoever has a token of the issuer: :sub is system:serviceaccount:a:*"
    )]
    public void A_token_is_trusted_for_one_service_account_alone(string condition, string? fault) =>
        Assert.Equal(
            fault is null ? [] : [$"module.m.aws_a.this: {fault}"],
            Found(
                new
                {
                    Sid = "S",
                    Effect = "Allow",
                    Principal = new { Federated = "arn:aws:iam::123456789012:oidc-provider/i" },
                    Action = "sts:AssumeRoleWithWebIdentity",
                    Condition = Parsed(condition),
                }
            )
        );

    [Fact]
    public void A_policy_that_begins_with_white_space_is_one() =>
        Assert.Single(
            PolicyRules
                .Look([
                    Of(
                        "aws_a",
                        JsonSerializer.Serialize(
                            new { policy = "\n  {\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"a:*\",\"Resource\":\"arn:x\"}}" }
                        )
                    ),
                ])
                .Deviations
        );

    [Fact]
    public void A_policy_of_AWS_own_that_no_list_has_is_told() =>
        Assert.Equal(
            [
                "module.m.aws_iam_role_policy_attachment.this gives arn:aws:iam::aws:policy/AmazonS3FullAccess, which is on no list that says why",
            ],
            PolicyRules
                .Look([
                    Of("aws_iam_role_policy_attachment", """{"policy_arn":"arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"}"""),
                    Of("aws_iam_role_policy_attachment", """{"policy_arn":"arn:aws:iam::aws:policy/AmazonS3FullAccess"}"""),
                ])
                .Deviations
        );

    [Theory]
    [InlineData("backup-retention", "sportbuff-x-backups-1", 0)]
    [InlineData("backup", "sportbuff-x-backups-1", 1)]
    [InlineData("velero", "sportbuff-x-backups-1", 1)]
    [InlineData("velero", "sportbuff-x-objects-1", 0)]
    [InlineData("backup-retention", "sportbuff-x-objects-1", 1)]
    public void Only_who_keeps_what_is_in_a_bucket_removes_it(string account, string bucket, int deviations)
    {
        var policy =
            """{"policy":"{\"Statement\":{\"Sid\":\"S\",\"Effect\":\"Allow\",\"Action\":\"s3:DeleteObject\",\"Resource\":\"arn:aws:s3:::BUCKET/*\"}}"}""".Replace(
                "BUCKET",
                bucket,
                StringComparison.Ordinal
            );
        var address = $"module.access.aws_iam_role_policy.this[\"{account}\"]";

        Assert.Equal(deviations, PolicyRules.Look([Of("aws_iam_role_policy", policy) with { Address = address }]).Deviations.Count);
    }

    [Theory]
    [InlineData("aws_vpc_endpoint", "TakesOwnRoles", "sts:AssumeRoleWithWebIdentity", 0)]
    [InlineData("aws_vpc_endpoint", "TakesOwnRoles", "sts:AssumeRole", 1)]
    [InlineData("aws_vpc_endpoint", "Whatever", "sts:AssumeRoleWithWebIdentity", 1)]
    [InlineData("aws_iam_role", "TakesOwnRoles", "sts:AssumeRoleWithWebIdentity", 1)]
    public void Only_a_way_within_a_network_lets_through_who_has_no_name_yet(string type, string sid, string action, int deviations)
    {
        var statement = new
        {
            Sid = sid,
            Effect = "Allow",
            Principal = "*",
            Action = action,
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
            """{"policy":"{\"Statement\":{\"Sid\":\"S\",\"Effect\":\"Allow\",\"Action\":\"s3:DeleteObject\",\"Resource\":\"arn:aws:s3:::x/*\"}}"}""";

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

    [Theory]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"cidr_ipv4":"0.0.0.0/0"}""", "0.0.0.0/0, which is not within the network")]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"cidr_ipv4":"128.0.0.0/1"}""", "128.0.0.0/1, which is not within the network")]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"cidr_ipv4":"10.0.0.0/8"}""", "10.0.0.0/8, which is not within the network")]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"cidr_ipv6":"::/1"}""", "::/1, which is not within the network")]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"prefix_list_id":"pl-1"}""", "the prefix list pl-1, whose addresses others say")]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"cidr_ipv4":"10.10.32.0/19","cidr_ipv6":null}""", null)]
    [InlineData("aws_vpc_security_group_ingress_rule", """{"referenced_security_group_id":"sg-1"}""", null)]
    [InlineData("aws_security_group", """{"ingress":[{"cidr_blocks":["0.0.0.0/1"]}]}""", "0.0.0.0/1, which is not within the network")]
    [InlineData("aws_security_group", """{"ingress":[],"egress":[{"cidr_blocks":["0.0.0.0/0"]}]}""", null)]
    [InlineData("aws_security_group", """{"egress":[{"cidr_blocks":["0.0.0.0/0"]}]}""", null)]
    [InlineData(
        "aws_default_security_group",
        """{"ingress":[{"prefix_list_ids":["pl-1"]}]}""",
        "the prefix list pl-1, whose addresses others say"
    )]
    [InlineData("aws_security_group_rule", """{"type":"ingress","ipv6_cidr_blocks":["::/0"]}""", "::/0, which is not within the network")]
    [InlineData("aws_security_group_rule", """{"type":"egress","cidr_blocks":["0.0.0.0/0"]}""", null)]
    [InlineData(
        "aws_network_acl",
        """{"ingress":[{"action":"allow","cidr_block":"0.0.0.0/0"},{"action":"deny","cidr_block":"1.0.0.0/8"}]}""",
        "0.0.0.0/0, which is not within the network"
    )]
    [InlineData(
        "aws_network_acl_rule",
        """{"egress":false,"rule_action":"allow","cidr_block":"0.0.0.0/0"}""",
        "0.0.0.0/0, which is not within the network"
    )]
    [InlineData("aws_network_acl_rule", """{"egress":true,"rule_action":"allow","cidr_block":"0.0.0.0/0"}""", null)]
    [InlineData("aws_network_acl_rule", """{"egress":false,"rule_action":"deny","cidr_block":"0.0.0.0/0"}""", null)]
    [InlineData("aws_route", """{"destination_cidr_block":"0.0.0.0/0"}""", null)]
    public void Who_gets_in_is_of_the_network(string type, string values, string? origin) =>
        Assert.Equal(
            origin is null ? [] : [$"module.m.{type}.this lets in {origin}"],
            NetworkRules.Look([Of("aws_vpc", """{"cidr_block":"10.10.0.0/16","ipv6_cidr_block":""}"""), Of(type, values)]).Deviations
        );

    [Theory]
    [InlineData("private", "rtb-1", false)]
    [InlineData("private", "rtb-2", true)]
    [InlineData("private", "rtb-3", true)]
    [InlineData("private", null, false)]
    [InlineData("public", "rtb-2", false)]
    public void A_private_subnet_has_no_way_to_an_internet_gateway(string name, string? table, bool isReached)
    {
        DescribedResource[] zones =
        [
            .. Zones.Select(zone => new DescribedResource(
                $"module.m.aws_subnet.{name}[\"{zone}\"]",
                "aws_subnet",
                Parsed($$"""{"id":"subnet-{{zone}}","availability_zone":"{{zone}}"}""")
            )),
        ];
        DescribedResource[] association = table is null
            ? []
            : [Of("aws_route_table_association", $$"""{"subnet_id":"subnet-a","route_table_id":"{{table}}"}""")];

        Assert.Equal(
            isReached ? [$"{zones[0].Address} is private, and its routes lead to an internet gateway"] : [],
            NetworkRules
                .Look([
                    .. zones,
                    .. association,
                    Of("aws_route", """{"route_table_id":"rtb-1","nat_gateway_id":"nat-1","gateway_id":""}"""),
                    Of("aws_route", """{"route_table_id":"rtb-2","gateway_id":"igw-1"}"""),
                    Of("aws_route_table", """{"id":"rtb-3","route":[{"gateway_id":"igw-1"}]}"""),
                ])
                .Deviations
        );
    }

    [Fact]
    public void A_private_subnet_without_a_table_has_the_one_of_its_network() =>
        Assert.Contains(
            "module.m.aws_subnet.private[\"a\"] is private, and its routes lead to an internet gateway",
            NetworkRules
                .Look([Subnet("private", "a"), Of("aws_default_route_table", """{"id":"rtb-1","route":[{"gateway_id":"igw-1"}]}""")])
                .Deviations
        );

    /// <summary>A plan does not know yet in which subnet an exit will stand ('?'); a state does.</summary>
    [Theory]
    [InlineData("?", 1)]
    [InlineData("???", 3)]
    [InlineData("aaa", 1)]
    [InlineData("abb", 2)]
    [InlineData("abc", 3)]
    public void Zones_that_share_a_way_out_are_told(string exits, int served) =>
        Assert.Equal(
            served < 3 ? [$"{served} zones have an aws_nat_gateway, and each should have its own"] : [],
            NetworkRules
                .LookAtExits([
                    .. "abc".Select(zone => new DescribedResource(
                        $"module.m.aws_subnet.public[\"{zone}\"]",
                        "aws_subnet",
                        Parsed($$"""{"id":"subnet-{{zone}}","availability_zone":"{{zone}}"}""")
                    )),
                    .. exits.Select(
                        (zone, index) =>
                            new DescribedResource(
                                $"module.m.aws_nat_gateway.exit[{index}]",
                                "aws_nat_gateway",
                                Parsed(zone == '?' ? "{}" : $$"""{"subnet_id":"subnet-{{zone}}"}""")
                            )
                    ),
                ])
                .Deviations
        );

    [Fact]
    public void A_bucket_of_backups_without_a_lock_is_told()
    {
        DescribedResource bucket = new("module.backup.module.replica.aws_s3_bucket.this", "aws_s3_bucket", Parsed("{}"));
        DescribedResource locked = new(
            "module.backup.module.bucket.aws_s3_bucket.this",
            "aws_s3_bucket",
            Parsed("""{"object_lock_enabled":true}""")
        );
        DescribedResource lockOf = new(
            "module.backup.module.bucket.aws_s3_bucket_object_lock_configuration.this[0]",
            "aws_s3_bucket_object_lock_configuration",
            Parsed("{}")
        );

        Assert.Equal(
            [
                "module.backup.module.replica.aws_s3_bucket.this holds backups, and was made without a lock",
                "module.backup.module.replica.aws_s3_bucket.this: there is no aws_s3_bucket_object_lock_configuration beside it, and nothing locks the backups that it holds",
            ],
            LockRules.Look([bucket, locked, lockOf, Of("aws_s3_bucket", """{"bucket":"pictures"}""")]).Deviations
        );
    }

    [Fact]
    public void Subnets_in_two_zones_are_told() =>
        Assert.Equal(
            ["module.m.aws_subnet.private is in fewer than three zones"],
            NetworkRules
                .Look([Subnet("private", "a"), Subnet("private", "b"), Subnet("public", "a"), Subnet("public", "b"), Subnet("public", "c")])
                .Deviations
        );

    /// <summary>What is found of a statement in a state of one account, 123456789012.</summary>
    private static IReadOnlyList<string> Found(object statement, string type = "aws_a") =>
        PolicyRules
            .Look([
                new DescribedResource("aws_iam_role.own", "aws_iam_role", Parsed("""{"arn":"arn:aws:iam::123456789012:role/one"}""")),
                Of(type, JsonSerializer.Serialize(new { policy = JsonSerializer.Serialize(new { Statement = statement }) })),
            ])
            .Deviations;

    private static DescribedResource Subnet(string name, string zone) =>
        new($"module.m.aws_subnet.{name}[\"{zone}\"]", "aws_subnet", Parsed($$"""{"availability_zone":"{{zone}}"}"""));

    private static DescribedResource Of(string type, string values) => new($"module.m.{type}.this", type, Parsed(values));

    private static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
