using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Images;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

/// <summary>The one list of components beside what else of the project names components.</summary>
public sealed class ComponentListTests
{
    private static readonly ProjectRoot Own = new(Files.Root);

    [Fact]
    public void Each_component_has_a_name_and_ports_of_its_own() =>
        Assert.All(
            ComponentList.All,
            component =>
            {
                Assert.Single(ComponentList.All, other => other.Name == component.Name);
                Assert.Equal(component.Ports.Distinct(), component.Ports);
                Assert.Equal(component.Name.ToLowerInvariant(), component.Name);
            }
        );

    [Fact]
    public void A_platform_has_one_component_for_each_role_whichever_broker_it_has() =>
        Assert.All(
            Enum.GetValues<BrokerKind>(),
            broker => Assert.All(ComponentList.Roles, role => Assert.Equal(role, ComponentList.Of(role, broker).Role))
        );

    [Fact]
    public void Each_role_that_the_contract_names_is_that_of_a_component() =>
        Assert.Empty(Enum.GetValues<InstanceRole>().Select(Role.FromInstanceRole).Except(ComponentList.Roles));

    [Fact]
    public void Each_kind_of_broker_is_a_component() =>
        Assert.Equal(Enum.GetValues<BrokerKind>(), ComponentList.All.OfType<BrokerComponent>().Select(broker => broker.Kind).Order());

    [Fact]
    public void A_component_names_every_file_that_its_folder_of_config_holds() =>
        Assert.All(
            ComponentList.Configured,
            component =>
                Assert.Equal(
                    Directory
                        .EnumerateFiles(Path.Combine(Own.Config, component.Name))
                        .Select(Path.GetFileName)
                        .Order(StringComparer.Ordinal),
                    component.Configuration.Select(file => file.Name).Order(StringComparer.Ordinal)
                )
        );

    [Fact]
    public void Each_component_has_its_image_and_each_configured_one_its_version()
    {
        var versions = VersionList.Read(Own);

        Assert.Empty(ComponentList.Configured.Select(component => component.Name).Except(versions.Components.Keys));
        Assert.Empty(
            ComponentList.All.Select(component => component.Name).Except([.. versions.Components.Keys, .. versions.Services.Keys])
        );
    }

    [Fact]
    public void Each_configured_role_has_an_objective_that_compares_its_settings() =>
        Assert.Empty(
            ComponentList.Configured.Select(component => $"settings.{component.Role}").Except(GatesFile.Read(Own.Gates).Objectives.Keys)
        );

    [Fact]
    public void A_role_that_no_component_has_is_refused_with_those_there_are()
    {
        var thrown = Assert.Throws<ArgumentException>(() => ComponentList.Of(new Role("proxi"), BrokerKind.Classic));

        Assert.StartsWith(
            $"There is no component of the role 'proxi'; there are {string.Join(", ", ComponentList.Roles)}.",
            thrown.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_credentials_of_different_components_have_different_names_but_for_those_that_stand_for_each_other() =>
        Assert.All(
            Enum.GetValues<BrokerKind>(),
            broker =>
            {
                var names = ComponentList
                    .All.Where(component => component.BelongsWith(broker))
                    .SelectMany(component => component.Credentials)
                    .Select(credential => credential.Name)
                    .ToList();
                Assert.Equal(names.Distinct(), names);
                Assert.DoesNotContain(Secrets.BrokerAuthority, names);
            }
        );
}
