using CliWrap.Buffered;
using Verification.Infrastructure.Leaks;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Sessions;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

/// <summary>The search for secrets, by gitleaks itself where it can be had, with the project's configuration.</summary>
public sealed class LeakSearchTests : IDisposable
{
    private readonly TemporaryFolder searched = new();
    private readonly TemporaryFolder run = new();

    /// <summary>As people choose them; put together here, so that the search of this repository does not find them.</summary>
    private static readonly (string Folder, string Password)[] Passwords =
    [
        ("a", string.Concat("S3cr3t", "S3cr3t99")),
        ("b", string.Concat("hunter2-", "Sportbuff")),
        ("c", string.Concat("Tr0ub4dor", "-and-3-horse")),
        ("d", string.Concat("backup-", "backup-2026")),
        ("e", string.Concat("Wn7qL2vX", "c9RtZk4M")),
    ];

    private static readonly string[] StandIns =
    [
        "$PASSWORD",
        "${MYSQL_PASSWORD}",
        "$(cat /run/secrets/mysql)",
        "{{ .Values.password }}",
        "<the password>",
        "PASSWORD",
        "MYSQL_PASSWORD",
        "password",
        "…",
        "********",
        "",
    ];

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private string Copy => Path.Combine(run.Path, "copy.git");

    public void Dispose()
    {
        searched.Dispose();
        run.Dispose();
    }

    [Fact]
    public async Task A_secret_is_told_with_its_place_and_what_was_planted_is_neither_told_nor_left()
    {
        searched.File("logs/server.log", $"started\n{PlantedSecret.Line()}");
        searched.File("state.json", "{}");

        var search = await FolderSearch.SearchAsync(Program(), searched.Path, Ended);

        Assert.Equal(["logs/server.log:2 has what looks like a secret (github-pat)"], search.Leaks.Select(leak => $"{leak}"));
        Assert.Equal((2, 0), (search.Searched, search.Missed.Count));
        Assert.Equal(2, Directory.EnumerateFiles(searched.Path, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task What_the_search_says_holds_no_secret()
    {
        var secret = PlantedSecret.Line();
        searched.File("state.json", secret);

        await FolderSearch.SearchAsync(Program(), searched.Path, Ended);

        Assert.All(
            Directory.EnumerateFiles(new RunFolder(run.Path).Logs),
            file => Assert.DoesNotContain(secret.Trim()[^36..], File.ReadAllText(file))
        );
    }

    [Fact]
    public async Task A_search_that_misses_what_was_planted_says_nothing()
    {
        searched.File("server.log", "started");
        var blind = run.File("blind.toml", "[extend]\nuseDefault = true\n[[allowlists]]\ndescription = 'all'\npaths = ['''.*''']\n");

        var search = await FolderSearch.SearchAsync(Program(blind), searched.Path, Ended);

        var measured = search.ToMeasurement("secrets.unleaked", "logs");
        Assert.Equal((null, "logs"), (measured.Value, measured.Phase));
        Assert.Equal(
            $"gitleaks did not find the secret that was planted as {string.Join(", ", PlantedSecret.Rules.Select(rule => $"planted-for-the-search.log ({rule})"))}",
            measured.Diagnosis
        );
    }

    [Fact]
    public async Task A_search_without_the_rules_of_the_project_says_nothing()
    {
        searched.File("server.log", "started");

        var search = await FolderSearch.SearchAsync(Program(run.File("bare.toml", "[extend]\nuseDefault = true\n")), searched.Path, Ended);

        Assert.Contains("planted-for-the-search.log (password-in-address)", search.Missed);
        Assert.DoesNotContain("planted-for-the-search.log (github-pat)", search.Missed);
    }

    [Fact]
    public void A_place_that_two_rules_find_is_one()
    {
        Leak[] found = [new("b", "values.yaml", 3, ""), new("a", "values.yaml", 3, ""), new("a", "values.yaml", 4, "")];

        var search = LeakSearch.Of(found, [], searched: 1);

        Assert.Equal(
            ["values.yaml:3 has what looks like a secret (a, b)", "values.yaml:4 has what looks like a secret (a)"],
            search.Leaks.Select(leak => $"{leak}")
        );
    }

    [Theory]
    [InlineData("run.sh", "mysql -h db -u root -p#")]
    [InlineData("run.sh", "mysqldump --password=# sportbuff")]
    [InlineData("docs/a.md", "DATABASE_URL=mysql://sportbuff:#@db")]
    [InlineData("a.cs", "redis://:#@redis:6379")]
    [InlineData("values.yaml", "mysqlPassword: #")]
    [InlineData("values.yaml", "backup-password: \"#\"")]
    [InlineData("values.yaml", "stringData: {password: #}")]
    [InlineData("state.json", "{\"password\":\"#\"}")]
    [InlineData("main.tf", "variable \"db_password\" {\n  type = string\n  default = \"#\"\n}")]
    [InlineData("main.tf", "  password = \"#\"")]
    [InlineData("Dockerfile", "ENV DB_PASSWORD=#")]
    [InlineData("compose.yaml", "      DBPASS: #")]
    public async Task A_password_is_found_where_somebody_would_write_one(string file, string text)
    {
        foreach (var (folder, password) in Passwords)
            searched.File($"{folder}/{file}", text.Replace("#", password, StringComparison.Ordinal) + "\n");

        var search = await FolderSearch.SearchAsync(Program(), searched.Path, Ended);

        Assert.Equal(
            Passwords.Select(each => $"{each.Folder}/{file}"),
            search.Leaks.Select(leak => leak.File).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task What_stands_for_a_password_is_none()
    {
        foreach (var (name, stands) in StandIns.Index())
            searched.File(
                $"{name}.yaml",
                $"""
                mysql -h db -u root -p{stands}
                mysql://sportbuff:{stands}@db
                mysqlPassword: {stands}
                b: [password: "{stands}"]
                password = "{stands}"
                DB_PASSWORD={stands}
                variable "password" default = "{stands}"

                """
            );
        searched.File("deployment.yaml", "password:\n  valueFrom:\n    secretKeyRef: {name: sportbuff-mysql, key: password}\n");
        searched.File("places.yaml", "sportbuff-mysql: {password: mysql/mysql-password}\n");

        var search = await FolderSearch.SearchAsync(Program(), searched.Path, Ended);

        Assert.Empty(search.Leaks);
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_ends_the_search()
    {
        searched.File("server.log", "started");

        var unknown = await Assert.ThrowsAsync<LeaksUnknownException>(() =>
            FolderSearch.SearchAsync(Program(Path.Combine(run.Path, "none.toml")), searched.Path, Ended)
        );

        Assert.Contains("ended with exit code 1, and searched nothing: see ", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(["server.log"], Directory.EnumerateFiles(searched.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("tests/Unit/Images/Registries/RegistryClientTests.cs")]
    [InlineData("tests/Unit/Infrastructure/SecretSearchTests.cs")]
    public async Task A_file_that_holds_an_excused_word_is_searched_for_all_others(string file)
    {
        await CommitAsync(file, PlantedSecret.Line());

        var search = await HistorySearch.SearchAsync(Program(), searched.Path, Copy, Ended);

        Assert.Equal(file, Assert.Single(search.Leaks).File);
    }

    /// <summary>One without rules leaves out the whole file.</summary>
    [Fact]
    public void Each_excuse_of_a_word_in_a_file_names_its_rules()
    {
        var excuses = File.ReadAllText(Path.Combine(ProjectRoot.Find().Path, Gitleaks.Configuration))
            .Split("\n[[allowlists]]\n")
            .Skip(1)
            .Where(excuse => excuse.Contains("condition = \"AND\"", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(excuses);
        Assert.All(excuses, excuse => Assert.Contains("\ntargetRules = [\"", excuse, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("terraform-01-managed-apply.log")]
    [InlineData("terraform-01-staging-apply.log")]
    [InlineData("0f-layer.tar/etc_/java-21-openjdk_/security_/java.security.txt")]
    [InlineData("0f-layer.tar/usr_/lib_/ruby_/3.1.0_/uri_/generic.rb.txt")]
    [InlineData("config/classic/activemq.xml")]
    [InlineData("image-files/0f.json.txt")]
    [InlineData("infra/terraform/modules/secrets/tests/secrets.tftest.hcl")]
    public async Task A_file_of_a_folder_that_holds_an_excused_word_is_searched_for_all_others(string file)
    {
        searched.File(file, PlantedSecret.Text());

        var search = await FolderSearch.SearchAsync(Program(), searched.Path, Ended);

        Assert.Equal(
            PlantedSecret.Rules.Order(StringComparer.Ordinal),
            search.Leaks.SelectMany(leak => leak.Rule.Split(", ")).Intersect(PlantedSecret.Rules).Order(StringComparer.Ordinal)
        );
        Assert.All(search.Leaks, leak => Assert.Equal(file, leak.File));
    }

    [Theory]
    [InlineData("srv/node_modules/a/settings.json")]
    [InlineData("app/vendor/ruby/gems/settings")]
    [InlineData("app/vendor/bundle/settings.yaml")]
    [InlineData("srv/.git/config")]
    public async Task No_file_of_a_layer_is_left_out_by_where_it_lies(string file)
    {
        await ImageFilesTests.LayDownAsync(searched.Path, file, PlantedSecret.Text());

        var search = await FolderSearch.SearchAsync(Program(), searched.Path, Ended);

        Assert.Contains("github-pat", string.Join(' ', search.Leaks.Select(leak => leak.Rule)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_a_commit_has_taken_away_is_still_told()
    {
        await CommitAsync("values.yaml", PlantedSecret.Line());
        var commit = await GitAsync("rev-parse", "HEAD");
        await CommitAsync("values.yaml", "token: none\n");

        var search = await HistorySearch.SearchAsync(Program(), searched.Path, Copy, Ended);

        Assert.Equal([("values.yaml", commit)], search.Leaks.Select(leak => (leak.File, leak.Commit)));
        Assert.Equal((2, 0), (search.Searched, search.Missed.Count));
        Assert.False(Directory.Exists(Copy));
    }

    [Fact]
    public async Task Of_a_checkout_without_its_beginning_nothing_is_known()
    {
        await CommitAsync("a", "1\n");
        await CommitAsync("a", "2\n");
        await GitAsync("clone", "--quiet", "--depth", "1", $"file://{searched.Path}", Path.Combine(searched.Path, "shallow"));

        var unknown = await Assert.ThrowsAsync<LeaksUnknownException>(() =>
            HistorySearch.SearchAsync(Program(), Path.Combine(searched.Path, "shallow"), Copy, Ended)
        );

        Assert.EndsWith(
            "has only the end of its history: fetch all of it (git fetch --unshallow; fetch-depth: 0)",
            unknown.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_no_checkout_has_no_history()
    {
        var unknown = await Assert.ThrowsAsync<LeaksUnknownException>(() =>
            HistorySearch.SearchAsync(Program(), searched.Path, Copy, Ended)
        );

        Assert.Equal($"{searched.Path} is no checkout of git: of what was committed nothing is known", unknown.Message);
    }

    private Gitleaks Program(string? configuration = null)
    {
        if (ProgramPlaces.Of("gitleaks") is not [var program, ..])
        {
            Lack.Of(
                $"the program gitleaks is in no folder of {ProgramPlaces.Looked()}: let ./verify tools get it",
                VerifyVariables.FirstSet(VerifyVariables.Tools)
            );
            throw new System.Diagnostics.UnreachableException();
        }

        return new Gitleaks(
            program,
            new RunFolder(run.Path),
            configuration ?? Path.Combine(ProjectRoot.Find().Path, Gitleaks.Configuration)
        );
    }

    private async Task CommitAsync(string file, string content)
    {
        if (!Directory.Exists(Path.Combine(searched.Path, ".git")))
            await GitAsync("init", "--quiet");
        searched.File(file, content);
        await GitAsync("add", file);
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "--quiet", "-m", "a");
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        var done = await Git.In(searched.Path, arguments).ExecuteBufferedAsync(Ended);
        Assert.True(done.IsSuccess, done.StandardError);
        return done.StandardOutput.Trim();
    }
}
