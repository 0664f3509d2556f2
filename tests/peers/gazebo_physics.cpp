// Drives a model over a world with Gazebo's physics (ignition-physics 5 with its DART plugin) and prints where it goes.
// It loads the SDF files as a Gazebo server does: the world with its includes, meshes attached to their collisions, the model
// at a pose, wheels commanded as the DiffDrive plugin commands them.
//
//   gazebo_physics WORLD MODEL_SDF X Y Z YAW STEP_S TRACK RADIUS      (SDF_PATH: folders of models)
//
// Commands on standard input, one to a line: "drive SECONDS SPEED YAW_RATE", held that long, or "goto X Y SPEED", which steers
// towards the place until it is half a metre away. Output, ten lines a second: TIME X Y Z ROLL PITCH YAW.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <ignition/common/MeshManager.hh>
#include <ignition/math/eigen3/Conversions.hh>
#include <ignition/physics/ForwardStep.hh>
#include <ignition/physics/FrameSemantics.hh>
#include <ignition/physics/FreeGroup.hh>
#include <ignition/physics/GetEntities.hh>
#include <ignition/physics/Joint.hh>
#include <ignition/physics/RequestEngine.hh>
#include <ignition/physics/mesh/MeshShape.hh>
#include <ignition/physics/sdf/ConstructCollision.hh>
#include <ignition/physics/sdf/ConstructJoint.hh>
#include <ignition/physics/sdf/ConstructLink.hh>
#include <ignition/physics/sdf/ConstructModel.hh>
#include <ignition/physics/sdf/ConstructWorld.hh>
#include <ignition/plugin/Loader.hh>
#include <sdf/sdf.hh>

namespace physics = ignition::physics;
namespace math = ignition::math;

using Features = physics::FeatureList<
    physics::ForwardStep, physics::GetEntities, physics::LinkFrameSemantics, physics::FindFreeGroupFeature,
    physics::SetFreeGroupWorldPose, physics::SetJointVelocityCommandFeature, physics::GetBasicJointState,
    physics::mesh::AttachMeshShapeFeature, physics::sdf::ConstructSdfWorld, physics::sdf::ConstructSdfModel>;
using Engine = physics::Engine3dPtr<Features>;
using World = physics::World3dPtr<Features>;
using Model = physics::Model3dPtr<Features>;

constexpr double Reached = 0.5;
constexpr int MostTenths = 2000;

[[noreturn]] static void Fail(const std::string &problem)
{
  std::fprintf(stderr, "error: %s\n", problem.c_str());
  std::exit(1);
}

// Folder of a model://NAME, from the folders of SDF_PATH.
static std::string FindModel(const std::string &uri)
{
  const std::string prefix = "model://";
  const char *path = std::getenv("SDF_PATH");
  std::stringstream folders(path ? path : ".");
  for (std::string folder; std::getline(folders, folder, ':');)
  {
    const auto found = folder + "/" + (uri.rfind(prefix, 0) == 0 ? uri.substr(prefix.size()) : uri);
    if (std::filesystem::exists(found))
      return found;
  }
  return "";
}

static sdf::Root Load(const std::string &file)
{
  sdf::ParserConfig config;
  config.SetFindCallback(FindModel);
  sdf::Root root;
  for (const auto &error : root.Load(file, config))
  {
    // Includes of a world are resolved by the parser; everything else that it minds is wrong.
    Fail(file + ": " + error.Message());
  }
  return root;
}

// The plugin makes no shapes of meshes; a Gazebo server attaches them afterwards, as here.
static void AttachMeshes(const Model &model, const sdf::Model &description)
{
  for (uint64_t l = 0; l < description.LinkCount(); ++l)
  {
    const auto *link = description.LinkByIndex(l);
    for (uint64_t c = 0; c < link->CollisionCount(); ++c)
    {
      const auto *collision = link->CollisionByIndex(c);
      const auto *shape = collision->Geom()->MeshShape();
      if (!shape)
        continue;
      std::string file = shape->Uri();
      const auto folder = shape->FilePath().substr(0, shape->FilePath().rfind('/') + 1);
      if (file[0] != '/')
        file = folder + file;
      const auto *mesh = ignition::common::MeshManager::Instance()->Load(file);
      if (!mesh)
        Fail("no mesh " + file);
      model->GetLink(link->Name())->AttachMeshShape(
          collision->Name(), *mesh, math::eigen3::convert(collision->RawPose()), math::eigen3::convert(shape->Scale()));
    }
  }
}

static Engine LoadEngine()
{
  ignition::plugin::Loader loader;
  if (!loader.LoadLib("libignition-physics5-dartsim-plugin.so.5").empty())
    return physics::RequestEngine3d<Features>::From(loader.Instantiate("ignition::physics::dartsim::Plugin"));
  Fail("the DART plugin is missing: apt-get install libignition-physics5-dartsim-plugin5");
}

int main(int argc, char **argv)
{
  if (argc != 10)
    Fail("expected WORLD MODEL_SDF X Y Z YAW STEP_S TRACK RADIUS");
  double number[10];
  for (int i = 3; i < 10; ++i)
    number[i] = std::atof(argv[i]);
  const double step = number[7], track = number[8], radius = number[9];

  const auto engine = LoadEngine();
  if (!engine)
    Fail("the DART plugin lacks a feature");
  const auto worldRoot = Load(argv[1]);
  const auto *worldDescription = worldRoot.WorldByIndex(0);
  const auto world = engine->ConstructWorld(*worldDescription);
  for (uint64_t i = 0; i < worldDescription->ModelCount(); ++i)
  {
    const auto *description = worldDescription->ModelByIndex(i);
    AttachMeshes(world->GetModel(description->Name()), *description);
  }

  const auto modelRoot = Load(argv[2]);
  const auto model = world->ConstructModel(*modelRoot.Model());
  AttachMeshes(model, *modelRoot.Model());
  const auto base = model->GetLink("base_link");
  model->FindFreeGroup()->SetWorldPose(
      math::eigen3::convert(math::Pose3d(number[3], number[4], number[5], 0, 0, number[6])));

  std::vector<std::pair<physics::Joint3dPtr<Features>, double>> wheels;
  for (std::size_t i = 0; i < model->GetJointCount(); ++i)
  {
    const auto joint = model->GetJoint(i);
    if (joint->GetName().find("wheel") != std::string::npos)
      wheels.emplace_back(joint, joint->GetName().find("left") != std::string::npos ? -0.5 : 0.5);
  }
  if (wheels.empty())
    Fail("the model has no wheel joints");

  physics::ForwardStep::Input input;
  physics::ForwardStep::State state;
  physics::ForwardStep::Output output;
  input.Get<std::chrono::steady_clock::duration>() = std::chrono::nanoseconds(std::lround(step * 1e9));
  const long every = std::lround(0.1 / step);
  long tick = 0;

  // A tenth of a second at one command; returns the pose before it.
  const auto drive = [&](double speed, double yawRate) {
    const auto pose = math::eigen3::convert(base->FrameDataRelativeToWorld().pose);
    std::printf(
        "%.4f %.5f %.5f %.5f %.5f %.5f %.5f\n", tick * step, pose.X(), pose.Y(), pose.Z(), pose.Roll(), pose.Pitch(), pose.Yaw());
    for (const long end = tick + every; tick < end; ++tick)
    {
      for (const auto &[joint, side] : wheels)
        joint->SetVelocityCommand(0, (speed + (side * track * yawRate)) / radius);
      world->Step(output, state, input);
    }
    return math::eigen3::convert(base->FrameDataRelativeToWorld().pose);
  };

  std::string verb;
  double a, b, c;
  while (std::cin >> verb >> a >> b >> c)
  {
    if (verb == "drive")
    {
      for (long tenth = std::lround(a * 10); tenth > 0; --tenth)
        drive(b, c);
      continue;
    }
    auto pose = math::eigen3::convert(base->FrameDataRelativeToWorld().pose);
    for (int tenth = 0; tenth < MostTenths && std::hypot(a - pose.X(), b - pose.Y()) > Reached; ++tenth)
    {
      const double bearing = std::atan2(b - pose.Y(), a - pose.X());
      const double error = std::remainder(bearing - pose.Yaw(), 2 * M_PI);
      pose = drive(c, std::min(0.3, std::max(-0.3, error)));
    }
  }
  return 0;
}
