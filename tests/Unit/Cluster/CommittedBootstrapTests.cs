using Verification.Cluster.Bootstrap;
using Verification.Stack;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>What lies in a project for its environments to begin with.</summary>
public sealed class CommittedBootstrapTests
{
    private const string File = "environments/production/bootstrap.yaml";
    private const string Values = "environments/production/values.yaml";
    private const string Rule = "creation_rules:\n  - path_regex: environments/[^/]+/bootstrap\\.yaml$\n";
    private const string Metadata =
        "sops:\n  age:\n    - recipient: age1x\n      enc: x\n  mac: ENC[AES256_GCM,data:aUfw,iv:x=,tag:y==,type:str]\n";

    private const string Whole = $"tls:\n  tls.crt: {Encrypted}\n  tls.key: {Encrypted}\nbackup: {{password: '{Encrypted}'}}\n";
    private const string Encrypted = "ENC[AES256_GCM,data:aUfw,iv:x=,tag:y==,type:str]";

    [Fact]
    public void What_is_encrypted_and_whole_has_no_fault()
    {
        var committed = Of(Whole + Metadata);

        Assert.Empty(committed.Faults);
        Assert.Equal(6, committed.Looked);
    }

    [Fact]
    public void A_file_that_is_not_there_yet_is_no_fault_until_it_is_enabled()
    {
        Assert.Empty(Of(file: null, enabled: false).Faults);
        Assert.Equal(
            [
                $"{Values}: bootstrap.enabled is true, and there is no {File}: make it by sops edit {File}, or say enabled: false until it is there",
            ],
            Of(file: null).Faults
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_in_the_clear_is_told_with_each_value_whether_it_is_enabled_or_not(bool enabled) =>
        Assert.Equal(
            [
                $"{File}: has no metadata of SOPS (sops: with recipients and a mac), so it is not encrypted: encrypt it (sops encrypt -i {File}), and change every value that anybody could read",
                $"{File}: tls/tls.crt is in the clear, and ENC[…] is expected of every value: change what it opens, and write the new value by sops edit {File}",
                $"{File}: tls/tls.key is in the clear, and ENC[…] is expected of every value: change what it opens, and write the new value by sops edit {File}",
                $"{File}: backup/password is in the clear, and ENC[…] is expected of every value: change what it opens, and write the new value by sops edit {File}",
            ],
            Of("tls: {tls.crt: a, tls.key: b}\nbackup: {password: 1}\n", enabled).Faults
        );

    [Theory]
    [InlineData("further: {deep: {list: [hunter]}}\n", $"{File}: further/deep/list/0 is in the clear")]
    [InlineData("further: ''\n", $"{File}: further is in the clear")]
    [InlineData("further: ENC[no]\n", $"{File}: further is in the clear")]
    [InlineData(
        "further: ENC[AES256_GCM,data:aUfw,iv:x=,tag:y==,type:int]\n",
        $"{File}: further is encrypted as int, and a text is expected"
    )]
    [InlineData("# the old one: hunter\n", $"{File}: has a comment in the clear")]
    public void One_value_in_the_clear_among_others_is_told(string further, string told) =>
        Assert.StartsWith(told, Assert.Single(Of(further + Whole + Metadata).Faults), StringComparison.Ordinal);

    [Theory]
    [InlineData("just a text", "is not one mapping of YAML")]
    [InlineData("a: {", "is not one mapping of YAML")]
    [InlineData("", "is not one mapping of YAML")]
    [InlineData($"tls: {{tls.crt: '{Encrypted}'}}\n{Metadata}", $"lacks tls/tls.key, which existingSecrets of {Values} names")]
    [InlineData($"{Metadata}", $"lacks backup/password, which existingSecrets of {Values} names")]
    public void What_is_not_whole_is_told(string file, string told) =>
        Assert.Contains(Of(file).Faults, fault => fault.StartsWith($"{File}: {told}", StringComparison.Ordinal));

    [Fact]
    public void Metadata_without_anybody_to_open_it_is_told() =>
        Assert.Contains(
            "has no metadata of SOPS",
            Assert.Single(Of($"{Whole}sops:\n  age: []\n  mac: {Encrypted}\n").Faults),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_copy_of_an_environment_does_not_begin_with_what_the_other_does()
    {
        var committed = new CommittedBootstrap(
            new Dictionary<string, string>(Of(Whole + Metadata).Files) { ["environments/copy/values.yaml"] = ValuesWith(enabled: true) }
        );

        Assert.Equal(
            [
                $"environments/copy/values.yaml: bootstrap.file is '{File}', and a file below environments/copy/ is expected: what another environment begins with is not for this one",
            ],
            committed.Faults
        );
    }

    [Theory]
    [InlineData("environments/production/bootstrap.dec.yaml")]
    [InlineData("environments/nobody/bootstrap.yaml")]
    public void A_file_that_no_environment_names_is_held_too(string file) =>
        Assert.Contains(
            new CommittedBootstrap(new Dictionary<string, string>(Of(Whole + Metadata).Files) { [file] = "a: b\n" }).Faults,
            fault => fault.StartsWith($"{file}: a is in the clear", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("encrypted_regex: ^tls", "encrypted_regex of rule 1 (path_regex environments/[^/]+/bootstrap\\.yaml$) leaves values of")]
    [InlineData(
        "unencrypted_suffix: word",
        "unencrypted_suffix of rule 1 (path_regex environments/[^/]+/bootstrap\\.yaml$) leaves values of"
    )]
    public void A_rule_that_leaves_values_in_the_clear_is_named(string narrowing, string told) =>
        Assert.Equal(
            [
                $".sops.yaml: {told} {File} in the clear, and every value is to be encrypted: take {narrowing.Split(':')[0]} away, and encrypt anew what was made by it",
            ],
            Of(Whole + Metadata, rules: $"{Rule}    {narrowing}\n").Faults
        );

    [Theory]
    [InlineData("creation_rules:\n  - path_regex: other\n")]
    [InlineData("creation_rules: []\n")]
    public void A_file_without_a_rule_is_told(string rules) =>
        Assert.Equal(
            [$".sops.yaml: no rule of creation_rules is for {File}: give one a path_regex that it fits"],
            Of(Whole + Metadata, rules: rules).Faults
        );

    [Fact]
    public void What_is_read_of_a_project_is_also_what_values_name_elsewhere()
    {
        using var folder = new TemporaryFolder();
        folder.File(".sops.yaml", Rule);
        folder.File(Values, ValuesWith(enabled: true).Replace(File, "config/begin.yaml", StringComparison.Ordinal));
        folder.File("environments/production/bootstrap.old", "a: b\n");
        folder.File("environments/releases/bootstrap.yaml.gotmpl", "a: b\n");
        folder.File("config/begin.yaml", "a: b\n");

        Assert.Equal(
            [".sops.yaml", "config/begin.yaml", "environments/production/bootstrap.old", Values],
            CommittedBootstrap.Read(new ProjectRoot(folder.Path)).Files.Keys.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void This_project_has_no_fault()
    {
        var committed = CommittedBootstrap.Read(new ProjectRoot(Files.Root));

        Assert.Empty(committed.Faults);
        Assert.True(committed.Looked >= 11);
    }

    private static CommittedBootstrap Of(string? file, bool enabled = true, string rules = Rule)
    {
        var files = new Dictionary<string, string> { [".sops.yaml"] = rules, [Values] = ValuesWith(enabled) };
        if (file is not null)
            files[File] = file;
        return new CommittedBootstrap(files);
    }

    private static string ValuesWith(bool enabled) =>
        $"existingSecrets:\n  tls: [tls.crt, tls.key]\n  backup: [password]\n  fetched: [password]\nbootstrap:\n  enabled: {(enabled ? "true" : "false")}\n  file: {File}\n  secrets: [tls, backup]\n";
}
