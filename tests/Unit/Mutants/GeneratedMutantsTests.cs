using Verification.Gate.Mutants;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class GeneratedMutantsTests
{
    private static readonly ProjectRoot Own = new(Files.Root);

    [Fact]
    public void Each_setting_of_this_project_has_one_name_and_an_objective_of_the_gates()
    {
        var mutants = GeneratedMutants.Of(Own);

        Assert.True(mutants.Count > 100);
        Assert.Equal(mutants.Count, mutants.Select(candidate => candidate.Mutant.Name).Distinct().Count());
        Assert.Empty(mutants.Select(candidate => candidate.Mutant.Objective).Except(GatesFile.Read(Own.Gates).Objectives.Keys));
        Assert.All(
            mutants,
            candidate => Assert.NotEqual(File.ReadAllText(Path.Combine(Own.Path, candidate.Change!.File)), candidate.Change.Text)
        );
    }

    [Fact]
    public void Each_written_mutant_of_this_project_can_be_read_and_has_a_name_of_its_own()
    {
        var names = MutantRun.Written(Own).Select(candidate => candidate.Mutant.Name).ToList();

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public async Task Each_written_mutant_of_this_project_fits_it_as_it_is_now()
    {
        var stale = new List<string>();
        using var project = MutatedProject.CopyOf(Own, MutatedProject.PartsOf(Own.Path));
        foreach (var patch in MutantRun.Written(Own).Select(candidate => candidate.Mutant.Patch).OfType<string>())
        {
            try
            {
                await MutatedProject.CheckAsync(project.Path, patch, TestContext.Current.CancellationToken);
            }
            catch (InvalidDataException e)
            {
                stale.Add(e.Message);
            }
        }

        Assert.Empty(stale);
    }

    [Fact]
    public void What_is_listed_as_inert_and_is_no_setting_is_refused_at_its_place()
    {
        using var project = Project("mysql/sync-binlogg");

        var error = Assert.Throws<DocumentException>(() => GeneratedMutants.Of(new ProjectRoot(project.Path)));

        Assert.Contains("inert.yaml:3:3: 'mysql/sync-binlogg' is no setting of config/; did you mean 'mysql/sync-binlog'?", error.Message);
    }

    [Fact]
    public void What_is_listed_as_inert_has_its_reason()
    {
        using var project = Project("mysql/sync-binlog");

        var mutants = GeneratedMutants.Of(new ProjectRoot(project.Path));

        Assert.Equal("The default of MySQL.", mutants.Single(candidate => candidate.Mutant.Name == "mysql/sync-binlog").Inert);
        Assert.Null(mutants.Single(candidate => candidate.Mutant.Name == "redis/port").Inert);
        Assert.Equal("classic", mutants.Single(candidate => candidate.Mutant.Name == "classic/persistent").Mutant.Dimensions["broker"]);
        Assert.Equal("broker", mutants.Single(candidate => candidate.Mutant.Name == "classic/persistent").Mutant.Component);
        Assert.Equal("redis", mutants.Single(candidate => candidate.Mutant.Name == "redis/port").Mutant.Component);
    }

    private static TemporaryFolder Project(string inert)
    {
        var folder = new TemporaryFolder();
        foreach (
            var (component, file) in ComponentList.Configured.SelectMany(component =>
                component.Configuration.Select(file => (component.Name, file.Name))
            )
        )
            folder.File($"config/{component}/{file}", File.ReadAllText(Path.Combine(Own.Config, component, file)));
        folder.File("config/mysql/my.cnf", "[mysqld]\nsync-binlog = 1\n");
        folder.File("config/redis/redis.conf", "port 6379\n");
        folder.File("config/artemis/broker.xml", "<configuration><core><name>buffs</name></core></configuration>");
        folder.File("config/classic/activemq.xml", "<beans><broker persistent='true'/></beans>");
        folder.File("mutants/inert.yaml", $"schema: 1\nsettings:\n  {inert}: The default of MySQL.\n");
        return folder;
    }
}
